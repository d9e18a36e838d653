import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeProblemsOf } from '../setup/axe.ts';
import { load, looks, type SectionRig, signInElsewhere, startSectionRig } from './section-rig.ts';

/** Whom the rig signs in. */
const administrator = { username: 'ada', password: 'tall trees in the wind 9' };

let rig: SectionRig;
beforeAll(async () => {
  rig = await startSectionRig();
});
afterAll(() => rig?.close());

const signIn = (username: string, password: string) => signInElsewhere(rig.server.baseUrl, username, password);

test('adds another administrator, gives them a role, and lets them sign in until removed', async () => {
  const page = await rig.open('administrators');
  await page.getByRole('link', { name: 'Add an administrator' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Username').fill(administrator.username);
  await dialog.getByLabel('First password').fill('morgiana and the oil');
  await dialog.getByLabel('Role').selectOption('viewer');
  await dialog.getByText('May look, with phone numbers masked').waitFor();
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByText('This username is taken.').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await dialog.getByLabel('Username').fill('morgiana');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('cell', { name: 'morgiana', exact: true }).waitFor();
  expect(await signIn('morgiana', 'morgiana and the oil')).toBe(204);

  await page.getByRole('row', { name: /morgiana.*Viewer.*Off/ }).waitFor();
  await page.getByRole('link', { name: 'Change role of morgiana' }).click();
  await dialog.getByLabel('Role').selectOption('operator');
  expect(await axeProblemsOf(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Change role' }).click();
  await page.getByRole('row', { name: /morgiana.*Operator/ }).waitFor();
  await page.getByRole('link', { name: `Change role of ${administrator.username}` }).click();
  await dialog.getByLabel('Role').selectOption('viewer');
  await dialog.getByRole('button', { name: 'Change role' }).click();
  await dialog.getByText('This is the only owner. Make somebody else an owner first.').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  expect(await page.getByRole('link', { name: `Remove ${administrator.username}` }).count()).toBe(0);
  await page.getByRole('link', { name: 'Remove morgiana' }).click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect.poll(() => page.getByRole('cell', { name: 'morgiana', exact: true }).count()).toBe(0);
  expect(await signIn('morgiana', 'morgiana and the oil')).toBe(422);
  expect(await axeProblemsOf(page)).toEqual([]);
});

test.each(looks)('axe finds nothing: %s', async (_, look) => {
  const page = await rig.open('administrators', look);
  await page.locator('main table').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await load(page, `${rig.server.baseUrl}/console/administrators/add`);
  await page.getByRole('dialog').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
});
