import { parsePhone } from '@sesame/connector-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recipientOfPhone } from '../../packages/server/src/messaging/recipient.ts';
import { axeProblemsOf } from '../setup/axe.ts';
import { priceInbox } from '../setup/priced-inbox.ts';
import { load, looks, type SectionRig, startSectionRig } from './section-rig.ts';

let rig: SectionRig;
beforeAll(async () => {
  rig = await startSectionRig();
  await attack();
});
afterAll(() => rig?.close());

/** One person signs in, and thirty numbers of one range in another country are sent codes that nobody types in. */
async function attack(): Promise<void> {
  const { experience, verification, inbox, prices, store } = rig.server.services;
  await experience.change({ fraudPolicy: { mode: 'enforce', maxMessagesPerDay: 100 } });
  await priceInbox(rig.server.services);
  const send = (phone: string, index: number) => ({
    recipient: recipientOfPhone(parsePhone(phone) as NonNullable<ReturnType<typeof parsePhone>>),
    ...{ usageType: 'SignIn', flow: phone, client: { address: `198.${index}.1.7`, marks: [] } },
  });
  const known = send('+4915112340001', 1);
  await verification.start(known);
  await verification.answer({ ...known, code: inbox.messages('+4915112340001')[0]?.code ?? '' });
  for (let index = 10; index < 40; index += 1) {
    await verification.start(send(`+62811234560${index}`, index)).catch(() => {});
  }
  await prices.change({ connectors: {} });
  await store.flush();
}

test('an attack is told with what it cost; its country is closed, a range allowed, a policy tried and saved', async () => {
  const { experience } = rig.server.services;
  const [{ sent = 0 } = {}] = await rig.server.services.attacks.list({ limit: 1 });
  expect(sent).toBeGreaterThan(0);
  const cost = `$${(0.3603 * sent).toFixed(2)}`;
  const readPolicy = async () => (await experience.readStored()).fraudPolicy;
  const page = await rig.open('overview');
  const notice = page.getByRole('alert').filter({ hasText: 'SMS pumping: Indonesia' });
  const told = `${sent} codes went out that nobody typed in, for ${cost}.`;
  await notice.getByText(`${30 - sent} messages were stopped.`).waitFor();
  await notice.getByText(told, { exact: false }).waitFor();
  await notice.getByRole('link', { name: 'Open Protection' }).click();
  await page.getByText(told, { exact: false }).waitFor();
  await page.getByText('Ranges: +628112345…').waitFor();
  await page.getByText(`messages: ${sent + 1} of 100`, { exact: false }).waitFor();
  const row = page.getByRole('row').filter({ hasText: 'Indonesia' });
  await row.getByText('Under attack').waitFor();
  await row.getByRole('button', { name: 'Close Indonesia' }).click();
  await row.getByText('Closed').waitFor();
  expect((await readPolicy()).countries).toEqual({ mode: 'deny', list: ['ID'] });

  await page.getByRole('tab', { name: 'Decisions' }).click();
  const decision = page.getByRole('row').filter({ hasText: '+628112345…' }).first();
  await decision.getByText(/^(Too many codes that nobody typed in|Closed for a while): /).waitFor();
  await decision.getByRole('button', { name: 'Open Indonesia' }).waitFor();
  await decision.getByRole('button', { name: 'Always allow +628112345…' }).click();
  await decision.getByRole('button', { name: '+628112345… is always allowed' }).waitFor();

  await page.getByRole('tab', { name: 'Exceptions' }).click();
  await page.getByLabel('Number, range or network').fill('everybody');
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByText('Give digits after a plus', { exact: false }).waitFor();
  await page.getByLabel('Number, range or network').fill('203.0.113.9/24');
  await page.getByLabel('What it does').selectOption('Never passes');
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('button', { name: 'Delete 203.0.113.0/24' }).waitFor();
  await page.getByRole('button', { name: 'Delete +628112345' }).click();
  await expect.poll(async () => (await readPolicy()).always.prefixes).toEqual([]);

  await page.getByRole('tab', { name: 'Delivery and costs' }).click();
  await page.getByLabel('Period').selectOption('Last 7 days');
  await expect.poll(() => page.url()).toContain('/protection/costs?days=7');

  await page.getByRole('tab', { name: 'Policy' }).click();
  await page.getByRole('button', { name: 'Try it on these codes' }).waitFor();
  await page.getByLabel('Period').selectOption('Last 7 days');
  await expect.poll(() => page.url()).toContain('/protection/policy?days=7');
  await page.reload();
  await page.getByRole('button', { name: 'Try it on these codes' }).click();
  expect(await page.getByLabel('Period').inputValue()).toBe('7');
  await page
    .getByText(`Would not have been sent: ${sent} of ${sent + 1}. People among them, who typed their code in: 0 of 1.`)
    .waitFor();
  await page.getByLabel('Find a country').fill('switz');
  await page.getByRole('checkbox', { name: 'Switzerland' }).uncheck();
  await page.getByLabel('Money a day').fill('0');
  await page.getByRole('button', { name: 'Add a price of your own' }).click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Give more than 0, or leave it empty.').waitFor();
  await page.getByLabel('Money a day').fill('12.5');
  await page.getByRole('button', { name: /^Save changes/ }).click();
  await expect.poll(async () => (await readPolicy()).maxCostPerDay).toBe(12.5);
  expect((await readPolicy()).countries.list).toEqual(['CH', 'ID']);
  expect(Object.values((await rig.server.services.prices.readStored()).countries)).toEqual([0.05]);

  await page.getByText('Record', { exact: true }).click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect.poll(async () => (await readPolicy()).mode).toBe('record');
  // Whoever leaves before the answer is there is asked.
  await page.getByRole('region', { name: 'There are unsaved changes.' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  await page.getByText('Protection only records').waitFor();
});

test('a check is switched on, and its provider chosen and tested; a test number is made and deleted', async () => {
  const { management, services } = rig.server;
  const page = await rig.open('protection/check');
  await page.getByRole('switch', { name: 'Check everybody who signs in' }).check({ force: true });
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect.poll(async () => (await services.experience.readStored()).captchaPolicy.enabled).toBe(true);
  expect((await management.get('/captcha-provider')).body.config).toEqual({ type: 'Altcha', difficulty: 4 });

  await page.getByLabel('Provider').selectOption('Cloudflare Turnstile');
  await page.getByLabel('Site key').fill('the-site-key');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Fill in this field.').waitFor();
  await page.getByLabel('Secret key').fill('the-secret-key');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('One is stored. Leave this empty to keep it.').waitFor();
  expect(await services.humanCheck.provider.read()).toMatchObject({
    siteKey: 'the-site-key',
    secretKey: 'the-secret-key',
  });
  expect(await page.getByLabel('Secret key').inputValue()).toBe('');

  await page.getByRole('link', { name: 'Add a test number' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Number or address').fill('nobody');
  await dialog.getByLabel('Code', { exact: false }).first().fill('12');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByText('Give a phone number with its country code').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await dialog.getByLabel('Number or address').fill('+1 415 555 2671');
  await dialog.getByLabel('Code', { exact: false }).first().fill('424242');
  await dialog.getByLabel('Note').fill('App review');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('link', { name: 'Delete +14155552671' }).click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('No test numbers yet.').waitFor();
});

test.each(looks)('everybody can use the pages, %s', async (_, look) => {
  const { services, baseUrl } = rig.server;
  await services.testNumbers.put({ recipient: '+14155552671', code: '424242', note: 'App review', expiresAt: null });
  const page = await rig.signedInPage(look);
  for (const path of ['protection/decisions', 'protection/policy', 'protection/check', 'protection?since=week']) {
    await load(page, `${baseUrl}/console/${path}`);
    expect(await axeProblemsOf(page)).toEqual([]);
  }
  expect(await page.getByLabel(/^(Period|时间范围)$/).inputValue()).toBe('week');
});
