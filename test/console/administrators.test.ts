import { afterAll, beforeAll, expect, test } from 'vitest';
import { looks, problemsOf, type SectionRig, startSectionRig } from './section-rig.ts';

/** Whom the rig signs in. */
const administrator = { username: 'ada', password: 'tall trees in the wind 9' };

let rig: SectionRig;
beforeAll(async () => {
  rig = await startSectionRig();
});
afterAll(() => rig?.close());

/** Signs in elsewhere. @returns the status */
async function signIn(username: string, password: string): Promise<number> {
  const reply = await fetch(`${rig.server.baseUrl}/api/console/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sesame-console': '1' },
    body: JSON.stringify({ username, password }),
  });
  return reply.status;
}

test('adds another administrator, who can sign in until removed', async () => {
  const page = await rig.open('administrators');
  await page.getByRole('link', { name: 'Add an administrator' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Username').fill(administrator.username);
  await dialog.getByLabel('First password').fill('morgiana and the oil');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByText('This username is taken.').waitFor();
  expect(await problemsOf(page)).toEqual([]);
  await dialog.getByLabel('Username').fill('morgiana');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('cell', { name: 'morgiana', exact: true }).waitFor();
  expect(await signIn('morgiana', 'morgiana and the oil')).toBe(204);

  expect(await page.getByRole('link', { name: `Remove ${administrator.username}` }).count()).toBe(0);
  await page.getByRole('link', { name: 'Remove morgiana' }).click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect.poll(() => page.getByRole('cell', { name: 'morgiana', exact: true }).count()).toBe(0);
  expect(await signIn('morgiana', 'morgiana and the oil')).toBe(422);
  expect(await problemsOf(page)).toEqual([]);
});

test.each(looks)('axe finds nothing: %s', async (_, look) => {
  const page = await rig.open('administrators', look);
  await page.locator('main table').waitFor();
  expect(await problemsOf(page)).toEqual([]);
  await page.goto(`${rig.server.baseUrl}/console/administrators/add`);
  await page.getByRole('dialog').waitFor();
  expect(await problemsOf(page)).toEqual([]);
});

test('ends a session elsewhere, and changes the password', async () => {
  expect(await signIn(administrator.username, administrator.password)).toBe(204);
  const page = await rig.open('administrators');
  await page.getByText('This browser').waitFor();
  const ends = page.getByRole('button', { name: /^End session since / });
  const before = await ends.count();
  await ends.first().click();
  await page.getByText('The session has ended.').waitFor();
  await expect.poll(() => ends.count()).toBe(before - 1);

  await page.getByRole('link', { name: 'Change password' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Current password').fill('not this one');
  await dialog.getByLabel('New password').fill('another long phrase');
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await dialog.getByText('The password is wrong.').waitFor();
  await dialog.getByLabel('Current password').fill(administrator.password);
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('Your password was changed.').waitFor();
  expect(await signIn(administrator.username, 'another long phrase')).toBe(204);
});
