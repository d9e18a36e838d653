import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MessagesTable } from '../../packages/server/src/store/tables/messages.ts';
import { axeProblemsOf } from '../setup/axe.ts';
import { messageRow } from '../setup/message-row.ts';
import { looks, narrow, type SectionRig, startSectionRig } from './section-rig.ts';

const [minute, hour] = [60_000, 3_600_000];
let rig: SectionRig;

async function insert(rows: readonly Partial<MessagesTable>[]): Promise<void> {
  const whole = rows.map((row) =>
    messageRow({ recipient: row.country === 'KE' ? '+254712123456' : '+8613800138000', ...row }),
  );
  await rig.server.services.store.db.insertInto('messages').values(whole).execute();
}

beforeAll(async () => {
  rig = await startSectionRig();
  const { management } = rig.server;
  const [live] = (await management.get('/connectors')).body;
  const refused = (providerCode: string) =>
    JSON.stringify({ code: 'connector.general', kind: 'configuration', message: 'Not switched on.', providerCode });
  const rows = [
    { country: 'CN', verified_at: Date.now() },
    { country: 'KE', usage_type: 'Register' },
    { country: 'CN', state: 'delivered' },
    { country: 'CN', state: 'failed', error: refused('1') },
    { country: 'KE', state: 'failed', error: refused('2') },
    { country: 'KE', state: 'failed', error: refused('2') },
    { country: 'CN' },
  ] satisfies Partial<MessagesTable>[];
  const facts = { factory_id: live.connectorId, connector_id: live.id };
  await insert(rows.map((row, index) => ({ ...facts, created_at: Date.now() - hour + index, ...row })));
});
afterAll(() => rig?.close());

test('a country where messages fail is named, and countries and reasons lead to their messages', async () => {
  const page = await rig.open('overview?days=1');
  const alert = page.getByRole('alert');
  await alert.getByText('To: Kenya').waitFor();
  expect(await alert.count()).toBe(1);
  await page.getByRole('row', { name: 'Kenya 3 1 0 0 2 0.0%' }).waitFor();
  await page.getByRole('row', { name: 'China 4 3 2 1 1 25.0%' }).waitFor();
  await page.getByRole('link', { name: 'See 2 messages' }).press('Enter');
  await page.waitForURL(/messages\?.*providerCode=/);
  const rows = page.getByRole('main').getByRole('row').filter({ hasText: 'Kenya' });
  await expect.poll(() => rows.count()).toBe(2);
  expect(await page.getByRole('main').getByRole('row').count()).toBe(1 + 2);
  await page.goBack();
  await alert.getByRole('link', { name: 'See the messages' }).click();
  await page.waitForURL(/messages\?failing=/);
  await expect.poll(() => rows.count()).toBe(2);
  expect(await page.getByRole('main').getByRole('row').count()).toBe(1 + 2);
  expect(await page.getByLabel('Counted on the Overview').inputValue()).toMatch(/^[a-p]+$/);
});

test('where clocks are off by a part of an hour, the page says what its days are made of', async () => {
  const words = /whole hours of UTC|整点/;
  const near = await rig.open('overview?days=7', { timeZone: 'Europe/Berlin' });
  await near.getByLabel('Period').waitFor();
  expect(await near.getByText(words).count()).toBe(0);
  const page = await rig.open('overview?days=7', { ...narrow, timeZone: 'Asia/Kathmandu' });
  await page.getByText(words).waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
});

test('the header of the time turns a list around', async () => {
  const page = await rig.open('messages');
  const time = page.getByRole('columnheader', { name: 'Time' });
  const first = page.getByRole('main').getByRole('row').nth(1);
  await first.getByText('China').waitFor();
  expect(await time.getAttribute('aria-sort')).toBe('descending');
  await time.getByRole('button', { name: 'Oldest first' }).press('Enter');
  await page.waitForURL(/sort=oldest/);
  await first.getByText('Verified').waitFor();
  expect(await time.getAttribute('aria-sort')).toBe('ascending');
  expect(await axeProblemsOf(page)).toEqual([]);
});

test.each(looks)('axe finds nothing in figures of every kind: %s', async (_, look) => {
  const page = await rig.open('overview?days=1', look);
  await page.getByRole('table').nth(2).waitFor();
  await page.locator('summary').nth(2).waitFor();
  for (const summary of await page.locator('summary').all()) await summary.click();
  expect(await axeProblemsOf(page)).toEqual([]);
});

test('messages that wait for their provider are told, with what to do', async () => {
  // What was found before is a minute old at most.
  rig.server.advance(2 * minute);
  const created_at = Date.now() + 2 * minute - 45_000;
  await insert(Array.from({ length: 20 }, () => ({ state: 'sending' as const, created_at })));
  const page = await rig.open('overview');
  const alert = page.getByRole('alert').filter({ hasText: '20 messages wait for their provider' });
  await alert.getByText(/^The provider answers slowly/).waitFor();
});
