import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeProblemsOf } from '../setup/axe.ts';
import { managementApplication } from '../setup/management-client.ts';
import { newPhone } from '../setup/phones.ts';
import { looks, type SectionRig, startSectionRig } from './section-rig.ts';

let rig: SectionRig;
beforeAll(async () => {
  rig = await startSectionRig();
});
afterAll(() => rig.close());

test('it says who changed what, and masks numbers', async () => {
  const phone = newPhone();
  const { management } = rig.server;
  await management.post('/applications', { name: 'Shop <b>', type: 'SPA' });
  await management.post('/verification-codes', { phone });
  await management.post('/verification-codes/verify', { phone, verificationCode: '000000' });
  expect(await management.post('/verification-codes/unlock', { phone })).toMatchObject({ status: 204 });
  const page = await rig.open('audit-log');
  await page.getByRole('row', { name: /ada signed in Administrator/ }).waitFor();
  const created = page.getByRole('row', { name: /created the application Shop <b>/ });
  expect(await created.innerText()).toContain('Application');
  // What the settings made at the start.
  await page.getByRole('row', { name: /Settings at the start created the application .* Server/ }).waitFor();
  await page.getByRole('row', { name: /Settings at the start added the administrator .* Server/ }).waitFor();
  await page.getByRole('row', { name: /unlocked the phone number \+86 •••/ }).waitFor();
  expect(await page.getByText(phone).count()).toBe(0);
  expect(await page.content()).not.toContain(managementApplication.secret);
});

test('a change is told by what was there before and after, with links, filters in the address and an export', async () => {
  const { management } = rig.server;
  const { body: user } = await management.post('/users', { username: 'ali', name: 'Ali' });
  await management.patch(`/users/${user.id}`, { name: 'Ali Baba' });
  const page = await rig.open('audit-log');
  await page.getByLabel('What', { exact: true }).selectOption('Changed the user …');
  await page.getByText('1 entry', { exact: true }).waitFor();
  expect(new URL(page.url()).searchParams.get('action')).toBe('user.update');
  await page.reload();
  const row = page.getByRole('row', { name: /changed the user Ali Baba/ });
  expect(await row.locator('del').innerText()).toBe('Ali');
  expect(await row.locator('ins').innerText()).toBe('Ali Baba');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).press('Enter');
  await page.getByRole('menuitem', { name: /NDJSON/ }).press('Enter');
  await page.getByText('Exported: 1 row,').waitFor();
  const lines = readFileSync(await (await download).path(), 'utf8')
    .trim()
    .split('\n');
  expect(lines.map((line) => JSON.parse(line).details.changes)).toEqual([
    [{ field: 'name', before: 'Ali', after: 'Ali Baba' }],
  ]);
  await row.getByRole('link', { name: 'Ali Baba' }).press('Enter');
  await page.waitForURL(new RegExp(`/users/${user.id}$`));
  await page.goBack();
  await page.goBack();
  await page.getByRole('row', { name: /created the user Ali/ }).waitFor();
});

test.each(looks)('axe finds nothing: %s', async (_, look) => {
  // What is longer than its place scrolls.
  const uris = Array.from(
    { length: 60 },
    (_each, index) => `https://app.example.com/callback/${look.width ?? ''}${index}`,
  );
  const oidcClientMetadata = { redirectUris: uris, postLogoutRedirectUris: [] };
  await rig.server.management.post('/applications', { name: 'Long', type: 'SPA', oidcClientMetadata });
  const page = await rig.open('audit-log', look);
  await page.locator('dd[tabindex="0"]').first().waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
});

test('pages are in the address', async () => {
  for (let made = 0; made < 20; made++) await rig.server.management.post('/applications', { name: 'A', type: 'SPA' });
  const page = await rig.open('audit-log');
  await page.getByRole('link', { name: 'Next page' }).click();
  await page.waitForURL(/page=2/);
  await page.getByText('Page 2 of 2').waitFor();
  await page.getByRole('link', { name: 'Previous page' }).click();
  await page.waitForURL(/\/audit-log$/);
});
