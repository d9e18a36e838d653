import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeProblemsOf } from '../setup/axe.ts';
import { newPhone } from '../setup/phones.ts';
import { load, looks, type SectionRig, startSectionRig } from './section-rig.ts';

const pageSize = 20;
const phones = Array.from({ length: pageSize + 2 }, newPhone);
const [failedPhone, verifiedPhone] = [newPhone(), newPhone()];
let rig: SectionRig;

beforeAll(async () => {
  rig = await startSectionRig();
  const { management } = rig.server;
  for (const phone of [...phones, verifiedPhone]) await management.post('/verification-codes', { phone });
  const inbox = await management.get(`/development-inbox?phone=${encodeURIComponent(verifiedPhone)}`);
  const { code } = inbox.body[0];
  for (const verificationCode of [code === '000000' ? '111111' : '000000', code]) {
    await management.post('/verification-codes/verify', { phone: verifiedPhone, verificationCode });
  }
  const [live] = (await management.get('/connectors')).body;
  await management.delete(`/connectors/${live.id}`);
  await management.post('/verification-codes', { phone: failedPhone });
});
afterAll(() => rig.close());

test('numbers are masked until they are asked for, and pages are in the address', async () => {
  const page = await rig.open('messages');
  await page.getByText('24 messages').waitFor();
  expect(await page.getByText(failedPhone).count()).toBe(0);
  await page.getByRole('switch', { name: 'Show the recipients' }).press('Space');
  await page.getByText(failedPhone).waitFor();

  await page.getByRole('link', { name: 'Next page' }).click();
  await page.getByText('Page 2 of 2').waitFor();
  expect(new URL(page.url()).searchParams.get('page')).toBe('2');
  await page.reload();
  await page.getByText('Page 2 of 2').waitFor();
  expect(await page.getByRole('row').count()).toBe(1 + 4);
});

test('filters are in the address and find a message', async () => {
  const page = await rig.open('messages');
  await page.getByLabel('Outcome').selectOption('Failed');
  await page.getByText('1 message', { exact: true }).waitFor();
  await page.getByLabel('Country').selectOption('China');
  await page.getByLabel('Number or address', { exact: true }).fill(failedPhone);
  await page.waitForURL((url) => url.searchParams.get('search') === failedPhone);
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject({ outcome: 'failed', country: 'CN' });
  await page.reload();
  await page.getByText('1 message', { exact: true }).waitFor();

  await page.getByLabel('Error').selectOption('Reported as not delivered');
  await page.getByText('Nothing matches').waitFor();
  await page.getByLabel('Error').selectOption('No connector was set up');
  await page.getByText('1 message', { exact: true }).waitFor();
  expect(new URL(page.url()).searchParams.get('error')).toBe('connector.not_found');

  await page.getByLabel('Usage type').selectOption('Register');
  await page.getByText('Nothing matches').waitFor();
  await page.goBack();
  await page.getByText('1 message', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Clear the filters' }).press('Enter');
  await page.getByText('24 messages').waitFor();

  await page.getByLabel('Time').selectOption('Between…');
  await page.getByLabel('From').fill('2001-01-01T00:00');
  await page.waitForURL((url) => url.searchParams.has('from'));
  await page.getByLabel('Outcome').selectOption('Failed');
  await page.getByText('1 message', { exact: true }).waitFor();
  await page.getByLabel('From').fill('2199-01-01T00:00');
  await page.getByText('Nothing matches').waitFor();
  // Back leads to the times before, and their fields follow.
  await page.getByLabel('Outcome').focus();
  await page.goBack();
  await page.getByText('24 messages').waitFor();
  await expect.poll(() => page.getByLabel('From').inputValue()).toBe('2001-01-01T00:00');
  await page.goForward();
  await page.getByText('Nothing matches').waitFor();
  await page.getByLabel('Until').fill('2198-01-01T00:00');
  await page.getByText('Give a time later than the one before.').waitFor();
  // What is typed waits for a pause; it is cleared with the others.
  await page.getByLabel('Number or address', { exact: true }).fill('+49');
  await page.getByRole('button', { name: 'Clear the filters' }).last().press('Enter');
  await page.getByText('24 messages').waitFor();
  expect(await page.getByLabel('Time').inputValue()).toBe('');
  await expect.poll(() => page.getByLabel('Number or address', { exact: true }).inputValue()).toBe('');
  expect(await page.getByLabel('From').count()).toBe(0);
  expect(new URL(page.url()).search).toBe('');

  // An outcome is the same in the filter and in every row.
  for (const [outcome, count] of [
    ['Verified', 1],
    ['Accepted', 22],
  ] as const) {
    await page.getByLabel('Outcome').selectOption(outcome);
    await page.getByText(new RegExp(`^${count} message`)).waitFor();
    const cells = page.locator('tbody [data-outcome]');
    await expect
      .poll(() => cells.allInnerTexts())
      .toEqual(Array.from({ length: Math.min(count, pageSize) }, () => outcome));
  }
});

test('columns, order and the size of a page are chosen; what is exported is counted, and can be cancelled', async () => {
  const page = await rig.open('messages');
  await page.getByText('24 messages').waitFor();
  await page.getByRole('button', { name: 'Columns' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitemcheckbox', { name: 'Id', exact: true }).press('Enter');
  await page.getByRole('menuitemcheckbox', { name: 'Country' }).press('Enter');
  await page.keyboard.press('Escape');
  await page.getByRole('columnheader', { name: 'Id', exact: true }).waitFor();
  await page.getByLabel('Rows on a page').selectOption('50 rows');
  await expect.poll(() => page.locator('tbody tr').count()).toBe(24);
  await page.getByLabel('Order').selectOption('Oldest first');
  await page.waitForURL(/sort=oldest/);
  await page.reload();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(24);
  expect(await page.getByRole('columnheader', { name: 'Country' }).count()).toBe(0);
  const [oldest] = (await rig.server.management.get('/messages?sort=oldest&page_size=1')).body;
  await expect.poll(() => page.locator('tbody tr').first().innerText()).toContain(oldest.id);
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /CSV/ }).click();
  await page.getByText('Exported: 24 rows').waitFor();

  await page.route('**/api/messages?*format=csv*', () => {});
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /CSV/ }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Cancelled after 0 rows').waitFor();
});

test('a number that cannot be is told beside its field', async () => {
  const page = await rig.open('messages?phone=%2B12');
  await page.getByText('Give the number with its country code').waitFor();
});

test('the page of a failed message says why and what to do', async () => {
  const page = await rig.open('messages?state=failed');
  await page.getByRole('row').nth(1).getByRole('link').click();
  await page.getByText('No connector was set up').waitFor();
  await page.getByText('Not sent', { exact: true }).waitFor();
  await page.getByText('connector.not_found').waitFor();
  expect(await page.getByText(failedPhone).count()).toBe(0);
  await page.getByRole('link', { name: 'Set up a connector' }).click();
  await page.waitForURL(/\/console\/connectors\/choose$/);
});

test('a number that was shown on the page of one message is masked on the next', async () => {
  const [one, other] = (await rig.server.management.get('/messages?page_size=2')).body;
  const addressOf = ({ id }: { id: string }) => `${rig.server.baseUrl}/console/messages/${id}`;
  const page = await rig.open(`messages/${one.id}`);
  await page.getByText(one.id).first().waitFor();
  await load(page, addressOf(other));
  await page.getByRole('switch', { name: 'Show the phone number' }).press('Space');
  await page.getByText(other.recipient).first().waitFor();
  await page.goBack();
  await page.waitForURL(addressOf(one));
  await expect.poll(() => page.getByRole('switch', { name: 'Show the phone number' }).isChecked()).toBe(false);
  expect(await page.getByText(one.recipient).count()).toBe(0);
});

test('the timeline of a verified message goes from who asked to the right code', async () => {
  const page = await rig.open(`messages?phone=${encodeURIComponent(verifiedPhone)}`);
  await page
    .getByRole('row', { name: /Verified/ })
    .getByRole('link')
    .click();
  await page.getByText('The right code was entered').waitFor();
  const steps = () => page.locator('ol > li').allInnerTexts();
  // The name of the connector is another answer.
  await expect
    .poll(async () => (await steps()).map((step) => step.split('\n')[0]))
    .toEqual([
      'The code was asked for',
      'Handed to Development inbox',
      'Development inbox took the message',
      'A wrong code was entered',
      'The right code was entered',
    ]);
  expect((await steps())[0]).toContain('By the Management API');
});

test.each(looks)('axe finds nothing: %s', async (_, look) => {
  const [failed] = (await rig.server.management.get('/messages?state=failed')).body;
  const page = await rig.open('messages', look);
  // A few rows of each kind, not all there are.
  for (const path of [
    'messages?page=2',
    'messages?state=failed',
    'messages?outcome=suppressed',
    `messages/${failed.id}`,
  ]) {
    await load(page, `${rig.server.baseUrl}/console/${path}`);
    expect(await axeProblemsOf(page), path).toEqual([]);
  }
});

test('the list and the page of a message follow what is reported, without a reload', async () => {
  const page = await rig.open('messages');
  const { management, services } = rig.server;
  const phone = phones.at(-1) ?? '';
  const [{ id, connectorId }] = (await management.get(`/messages?phone=${encodeURIComponent(phone)}`)).body;
  const outcome = page.locator('tbody tr', { has: page.locator(`a[href*="${id}"]`) }).locator('[data-outcome]');
  await expect.poll(() => outcome.innerText()).toBe('Accepted');
  await services.reports.takeAnswers(connectorId, 'development-inbox', [{ messageId: id, state: 'delivered' }]);
  await expect.poll(() => outcome.innerText()).toBe('Delivered');

  const other = phones.at(-2) ?? '';
  const [{ id: otherId }] = (await management.get(`/messages?phone=${encodeURIComponent(other)}`)).body;
  await load(page, `${rig.server.baseUrl}/console/messages/${otherId}`);
  const steps = page.locator('ol > li');
  await steps.filter({ hasText: 'Waiting for the code' }).waitFor();
  const reports = [{ messageId: otherId, state: 'delivered' as const, providerMessage: 'DELIVRD' }];
  await services.reports.takeAnswers(connectorId, 'development-inbox', reports);
  await steps.filter({ hasText: 'Delivered to the phone' }).filter({ hasText: 'DELIVRD' }).waitFor();
  const { code } = (await management.get(`/development-inbox?phone=${encodeURIComponent(other)}`)).body[0];
  await management.post('/verification-codes/verify', { phone: other, verificationCode: code });
  await steps.filter({ hasText: 'The right code was entered' }).waitFor();
});
