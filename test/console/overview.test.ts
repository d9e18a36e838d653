import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Provider, startHttpSms } from '../end-to-end/providers.ts';
import { newPhone } from '../setup/phones.ts';
import { looks, problemsOf, type SectionRig, startSectionRig } from './section-rig.ts';

let rig: SectionRig;
let provider: Provider;
beforeAll(async () => {
  [rig, provider] = await Promise.all([startSectionRig(), startHttpSms()]);
});
afterAll(async () => {
  await Promise.all([rig.close(), provider.double.close()]);
});

test('a new server shows what is left to do, and steps are ticked off as they are done', async () => {
  const { management } = rig.server;
  const page = await rig.open('overview');
  const step = (name: string) => page.getByRole('listitem').filter({ hasText: name });
  await step('Set up an SMS connector – still to do').waitFor();
  await step('Send a test message – still to do').waitFor();
  // The application that the tests call the API with is there from the start.
  await step('Create an application – done').waitFor();
  await page.getByText('No codes in this period').waitFor();

  const config = provider.config;
  await management.post(`/connectors/${provider.factoryId}/test`, { phone: newPhone(), config });
  await page.reload();
  await step('Send a test message – done').waitFor();
  await management.post('/connectors', { connectorId: provider.factoryId, config });
  await page.reload();
  await page.getByText('No codes in this period').waitFor();
  expect(await page.getByRole('heading', { name: 'First steps' }).count()).toBe(0);
});

test('the funnel counts what was requested, sent and verified', async () => {
  const { management } = rig.server;
  const phones = Array.from({ length: 4 }, newPhone);
  for (const phone of phones) await management.post('/verification-codes', { phone });
  const [phone = ''] = phones;
  await management.post('/verification-codes/verify', { phone, verificationCode: provider.codeTo(phone) });
  const page = await rig.open('overview?days=7');
  const stage = (name: string) => page.getByRole('listitem').filter({ hasText: name });
  await stage('Requested').filter({ hasText: '4' }).waitFor();
  await stage('Sent').filter({ hasText: '4 (100%)' }).waitFor();
  await stage('Verified').filter({ hasText: '1 (25%)' }).waitFor();
  expect(await page.getByRole('row', { name: 'China 4 4 1 1' }).count()).toBe(1);
  expect(await page.getByRole('row', { name: 'Generic 4 4 1 1' }).count()).toBe(1);

  await page.getByText('Show as a table').click();
  expect(await page.getByRole('table', { name: 'By day' }).getByRole('row').count()).toBe(1 + 7);
  await page.getByLabel('Period').selectOption('Last 90 days');
  await page.waitForURL(/days=90/);
});

test.each(looks)('axe finds nothing: %s', async (_, look) => {
  const page = await rig.open('overview', look);
  await page.getByRole('table').first().waitFor();
  expect(await problemsOf(page)).toEqual([]);
});
