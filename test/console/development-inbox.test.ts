import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHttpSms } from '../end-to-end/providers.ts';
import { axeProblemsOf } from '../setup/axe.ts';
import { newPhone } from '../setup/phones.ts';
import { looks, type SectionRig, startSectionRig } from './section-rig.ts';
import { changeWindow } from './windows.ts';

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

test('codes that were used are marked, numbers lead to their users, and it is searched and emptied', async () => {
  const { management } = rig.server;
  const phone = newPhone();
  const { body: user } = await management.post('/users', { primaryPhone: phone });
  await management.post('/verification-codes', { phone });
  const page = await rig.open('development-inbox');
  await changeWindow(page, "Object.defineProperty(document, 'hidden', { get: () => true, configurable: true })");
  const row = page.getByRole('row', { name: phone });
  await row.getByRole('link', { name: 'Open the user' }).waitFor();
  expect(await row.getByRole('link', { name: 'Open the user' }).getAttribute('href')).toContain(user.id);
  const [{ code }] = (await management.get(`/development-inbox?phone=${encodeURIComponent(phone)}`)).body;
  await management.post('/verification-codes/verify', { phone, verificationCode: code });
  await row.getByText('Used', { exact: true }).waitFor();
  await management.post('/verification-codes', { phone: newPhone() });
  await expect.poll(() => page.title()).toMatch(/^\(1\) /);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { get: () => false, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect.poll(() => page.title()).toMatch(/^Development inbox/);

  const email = 'margaret.hamilton@mail.example';
  await management.post('/verification-codes', { email });
  const mail = page.getByRole('row', { name: email });
  // A line for the address, a few for the mail.
  expect((await mail.getByText(email).boundingBox())?.height).toBeLessThan(30);
  expect((await mail.boundingBox())?.height).toBeLessThan(170);

  await page.getByLabel('Recipient or text').fill(phone.slice(-6));
  await page.getByText('1 message', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await page.getByRole('button', { name: 'Empty' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Empty the inbox' }).click();
  await page.getByText('No message yet').waitFor();
  expect((await management.get('/development-inbox')).body).toEqual([]);
  await management.post('/verification-codes', { phone: newPhone() });
});

test.each(looks)('axe finds nothing: %s', async (_, look) => {
  const page = await rig.open('development-inbox', look);
  await page.getByRole('table').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
});

test('it says which connector is live instead, and when none is', async () => {
  const provider = await startHttpSms();
  const { management } = rig.server;
  await management.delete('/connectors/development-inbox-email');
  const page = await rig.open('development-inbox');
  const set = await management.post('/connectors', { connectorId: provider.factoryId, config: provider.config });
  expect(set.status).toBe(200);
  await page.getByRole('heading', { name: 'HTTP SMS is live' }).waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await management.delete(`/connectors/${set.body.id}`);
  const later = await rig.open('development-inbox');
  await later.getByText('No connector is set up').waitFor();
  expect(await later.getByRole('link', { name: 'Choose a connector' }).getAttribute('href')).toBe(
    '/console/connectors/choose',
  );
  await provider.double.close();
});
