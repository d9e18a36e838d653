import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHttpSms } from '../end-to-end/providers.ts';
import { newPhone } from '../setup/phones.ts';
import { looks, problemsOf, type SectionRig, startSectionRig } from './section-rig.ts';

let rig: SectionRig;
beforeAll(async () => {
  rig = await startSectionRig();
});
afterAll(() => rig.close());

test('a code appears without reloading and can be copied', async () => {
  const phone = newPhone();
  const page = await rig.open('development-inbox');
  await page.getByText('No message yet').waitFor();
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });
  await rig.server.management.post('/verification-codes', { phone });
  const copy = page.getByRole('button', { name: `for ${phone}` });
  await copy.waitFor();
  const [{ code }] = (await rig.server.management.get('/development-inbox')).body;
  await page.getByText(code, { exact: true }).waitFor();
  await copy.focus();
  await page.keyboard.press('Enter');
  await copy.getByText('Copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
  expect(loads).toBe(0);
});

test.each(looks)('axe finds nothing: %s', async (_, look) => {
  const page = await rig.open('development-inbox', look);
  await page.locator('main li').first().waitFor();
  expect(await problemsOf(page)).toEqual([]);
});

test('it says which connector is live instead, and when none is', async () => {
  const provider = await startHttpSms();
  const { management } = rig.server;
  const page = await rig.open('development-inbox');
  const set = await management.post('/connectors', { connectorId: provider.factoryId, config: provider.config });
  expect(set.status).toBe(200);
  await page.getByRole('heading', { name: 'HTTP SMS is live' }).waitFor();
  expect(await problemsOf(page)).toEqual([]);
  await management.delete(`/connectors/${set.body.id}`);
  const later = await rig.open('development-inbox');
  await later.getByText('No connector is set up').waitFor();
  expect(await later.getByRole('link', { name: 'Choose a connector' }).getAttribute('href')).toBe(
    '/console/connectors/choose',
  );
  await provider.double.close();
});
