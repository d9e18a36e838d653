import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Provider, startHttpSms } from '../end-to-end/providers.ts';
import { axeProblemsOf } from '../setup/axe.ts';
import { newPhone } from '../setup/phones.ts';
import { type SectionRig, startSectionRig } from './section-rig.ts';

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
  await step('Set up a connector – still to do').waitFor();
  await step('Send a test message – still to do').waitFor();
  // The application that the tests call the API with signs nobody in.
  await step('Create an application – still to do').waitFor();
  await page.getByText('No codes in this period').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);

  const config = provider.config;
  await management.post(`/connectors/${provider.factoryId}/test`, { phone: newPhone(), config });
  await page.reload();
  // A test counts once the connector that was tried is the live one.
  await step('Send a test message – still to do').waitFor();
  await management.post('/connectors', { connectorId: provider.factoryId, config });
  const oidcClientMetadata = { redirectUris: ['https://shop.example.com/callback'], postLogoutRedirectUris: [] };
  await management.post('/applications', { name: 'Shop', type: 'SPA', oidcClientMetadata });
  await page.reload();
  await page.getByText('No codes in this period').waitFor();
  expect(await page.getByRole('heading', { name: 'First steps' }).count()).toBe(0);
});

test('one click lets codes by SMS sign people in: from the list of steps, or from the page of the connector', async () => {
  const { management } = rig.server;
  const byPassword = { identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true };
  const turnOff = () => management.patch('/sign-in-exp', { signIn: { methods: [byPassword] } });
  const methods = async () => (await management.get('/sign-in-exp')).body.signIn.methods;
  const byCode = { identifier: 'phone', password: false, verificationCode: true, isPasswordPrimary: false };
  await turnOff();
  const page = await rig.open('overview');
  const step = (state: string) =>
    page.getByRole('listitem').filter({ hasText: `Let people sign in by a code – ${state}` });
  await step('still to do').getByRole('button', { name: 'Enable SMS sign-in' }).click();
  await page.getByText('People can now sign in with a code by SMS.').waitFor();
  expect(await methods()).toEqual([byCode, byPassword]);

  await turnOff();
  await page.goto(`${rig.server.baseUrl}/console/connectors/set-up/${provider.factoryId}`);
  for (const [key, value] of Object.entries(provider.config)) {
    if (key !== 'templates') await page.locator(`#field-${key}`).fill(String(value));
  }
  await page.getByRole('button', { name: 'Save and Done' }).click();
  await page.getByText('Codes by SMS do not sign anybody in yet').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Enable SMS sign-in' }).click();
  await expect.poll(methods).toEqual([byCode, byPassword]);
  await page.getByRole('button', { name: 'Enable SMS sign-in' }).waitFor({ state: 'detached' });
});

test('the funnel counts what was requested, sent and verified', async () => {
  const { management } = rig.server;
  const phones = Array.from({ length: 4 }, newPhone);
  for (const phone of phones) await management.post('/verification-codes', { phone });
  const [phone = ''] = phones;
  await management.post('/verification-codes/verify', { phone, verificationCode: provider.codeTo(phone) });
  // What is no period goes from the address.
  const page = await rig.signedInPage();
  await page.goto(`${rig.server.baseUrl}/console/overview?days=5&other=x`);
  await page.waitForURL(/overview$/);
  expect(await page.getByLabel('Period').inputValue()).toBe('30');
  await page.getByLabel('Period').selectOption('Last 7 days');
  const stage = (name: string) => page.getByRole('listitem').filter({ hasText: name });
  await stage('Requested').filter({ hasText: '4' }).waitFor();
  await stage('Sent').filter({ hasText: '4 (100.0%)' }).waitFor();
  await stage('Verified').filter({ hasText: '1 (25.0%)' }).waitFor();
  await page.getByRole('row', { name: 'China 4 4 1 1' }).waitFor();
  await page.getByRole('row', { name: 'Generic 4 4 1 1' }).waitFor();

  const codes = page.getByRole('region', { name: 'Verification codes' });
  await codes.getByText('Show as a table').click();
  await expect.poll(() => page.getByRole('table', { name: 'By day' }).getByRole('row').count()).toBe(1 + 7);
  await page.getByLabel('Period').selectOption('Last 90 days');
  await page.waitForURL(/days=90/);

  await page.getByLabel('Period').selectOption('Last 24 hours');
  await page.getByRole('img', { name: 'Codes requested and verified per hour' }).waitFor();
  await expect.poll(() => page.getByRole('table', { name: 'By hour' }).getByRole('row').count()).toBe(1 + 24);
  await page.getByRole('link', { name: 'China' }).press('Enter');
  await page.waitForURL(/messages\?.*country=CN/);
  await page.getByRole('main').getByRole('row').nth(4).waitFor();
});

test('why messages did not arrive is told by reason, which leads to them; users are counted', async () => {
  const { management } = rig.server;
  await management.post('/users', { username: 'ada' });
  provider.double.replyNext({ status: 401 });
  await management.post('/verification-codes', { phone: newPhone() });
  const page = await rig.open('overview');
  const reasons = page.getByRole('table', { name: 'Why messages did not arrive' });
  const link = reasons.getByRole('row').nth(1).getByRole('link');
  expect(await link.innerText()).toBe('1');
  const users = page.getByRole('region', { name: 'Users' });
  await users.getByText('All users').waitFor();
  await users.getByText('+1 compared with yesterday').waitFor();
  await users.getByText('+1 compared with the 7 days before').waitFor();
  await users.getByText('Show as a table').last().click();
  const days = users.getByRole('table', { name: 'Active users, by day' }).getByRole('row');
  await expect.poll(() => days.count()).toBe(1 + 30);
  expect(await axeProblemsOf(page)).toEqual([]);
  await link.click();
  await page.waitForURL(/messages\?.*outcome=failed/);
  await page.getByRole('main').getByRole('row').nth(1).waitFor();
});
