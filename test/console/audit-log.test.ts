import { afterAll, beforeAll, expect, test } from 'vitest';
import { managementApplication } from '../setup/management-client.ts';
import { newPhone } from '../setup/phones.ts';
import { looks, problemsOf, type SectionRig, startSectionRig } from './section-rig.ts';

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
  await page.getByRole('row', { name: /ada.*Administrator.*Signed in/ }).waitFor();
  const created = page.getByRole('row', { name: /Created an application/ }).filter({ hasText: 'Shop' });
  expect(await created.innerText()).toContain('name: "Shop <b>"');
  expect(await created.innerText()).toContain('Application');
  // What the settings made at the start.
  await page.getByRole('row', { name: /Settings at the start.*Server.*Created an application/ }).waitFor();
  await page.getByRole('row', { name: /Settings at the start.*Server.*Added an administrator/ }).waitFor();
  await page.getByText('Unlocked a phone number').waitFor();
  expect(await page.getByText(phone).count()).toBe(0);
  expect(await page.content()).not.toContain(managementApplication.secret);
});

test.each(looks)('axe finds nothing: %s', async (_, look) => {
  const page = await rig.open('audit-log', look);
  await page.getByRole('table').waitFor();
  expect(await problemsOf(page)).toEqual([]);
});

test('pages are in the address', async () => {
  for (let made = 0; made < 20; made++) await rig.server.management.post('/applications', { name: 'A', type: 'SPA' });
  const page = await rig.open('audit-log');
  await page.getByRole('link', { name: 'Next page' }).click();
  await page.waitForURL(/page=2$/);
  await page.getByText('Page 2 of 2').waitFor();
  await page.getByRole('link', { name: 'Previous page' }).click();
  await page.waitForURL(/\/audit-log$/);
});
