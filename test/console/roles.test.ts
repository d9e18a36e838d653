import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeProblemsOf } from '../setup/axe.ts';
import { administrator, load, looks, type SectionRig, startSectionRig } from './section-rig.ts';

const viewer = { username: 'vera', password: 'quiet eyes on the screen' };
const phone = '+8613926837155';
const digits = '13926837155';

let rig: SectionRig;
let userId: string;
beforeAll(async () => {
  rig = await startSectionRig();
  await rig.server.services.administrators.colleagues.create({ ...viewer, role: 'viewer' });
  const { management } = rig.server;
  const created = await management.post('/users', { primaryPhone: phone, name: 'Ali' });
  userId = (created.body as { id: string }).id;
  await management.post('/verification-codes', { phone });
  await management.post('/applications', { name: 'Shop', type: 'Traditional' });
});
afterAll(() => rig?.close());

/** A page as the viewer sees it. */
async function openAsViewer(path: string, look = {}) {
  const page = await rig.open(path, look, viewer);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

test('a viewer walks through the Console and sees no number, no code and nothing to change', async () => {
  // Owners see the same pages in every look elsewhere.
  const page = await openAsViewer('overview', looks[1]?.[1]);
  const [connector] = await (await page.request.get(`${rig.server.baseUrl}/api/connectors`)).json();
  const [application] = (await (await page.request.get(`${rig.server.baseUrl}/api/applications`)).json()).filter(
    ({ name }: { name: string }) => name === 'Shop',
  );
  const paths = ['overview', 'connectors', `connectors/${connector.id}`, 'sign-in-experience', 'messages'];
  paths.push('development-inbox', 'users', `users/${userId}`, 'applications', `applications/${application.id}`);
  paths.push('audit-log', 'account');
  // The others look as they do for owners.
  const differ = [`connectors/${connector.id}`, 'sign-in-experience', 'development-inbox', `users/${userId}`];
  differ.push(`applications/${application.id}`, 'account');
  for (const path of paths) {
    await load(page, `${rig.server.baseUrl}/console/${path}`);
    expect([path, (await page.content()).includes(digits)]).toEqual([path, false]);
    if (differ.includes(path)) expect([path, await axeProblemsOf(page)]).toEqual([path, []]);
    const enabled = page.getByRole('main').locator('form :is(input, select, textarea, button[type=submit]):enabled');
    // The search for users and the filters of messages change nothing.
    if (!['users', 'messages'].includes(path)) expect([path, await enabled.count()]).toEqual([path, 0]);
  }
});

test('what a role may not do is not offered, and says why where it is tried all the same', async () => {
  const page = await openAsViewer('users');
  expect(await page.getByRole('link', { name: 'Create user' }).count()).toBe(0);
  expect(await page.getByRole('navigation').getByRole('link', { name: 'Administrators' }).count()).toBe(0);
  await load(page, `${rig.server.baseUrl}/console/users/${userId}`);
  expect(await page.getByLabel('Name', { exact: true }).isDisabled()).toBe(true);
  expect(await page.getByRole('link', { name: 'Delete user' }).count()).toBe(0);
  await load(page, `${rig.server.baseUrl}/console/administrators`);
  await page.getByText('Your role does not allow this. An owner can do it, or give you another role.').waitFor();
  await page.getByRole('button', { name: /^Signed in as vera/ }).click();
  await page.getByRole('menu').getByText('Viewer').waitFor();
  await page.keyboard.press('Escape');

  const owner = await rig.open('users');
  await owner.getByRole('link', { name: 'Create user' }).waitFor();
  await owner.getByRole('navigation').getByRole('link', { name: 'Administrators' }).waitFor();
  await owner.getByRole('button', { name: `Signed in as ${administrator.username}` }).click();
  await owner.getByRole('menu').getByText('Owner').waitFor();
});

test('a viewer is told why nothing is found by a number', async () => {
  const page = await openAsViewer(`users?search=${digits}`);
  await page.getByText('Viewers see numbers and addresses masked').waitFor();
  expect(await page.getByRole('link', { name: 'anywhere' }).count()).toBe(0);
  await page.keyboard.press('/');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').fill('Ali');
  await dialog.getByRole('option', { name: 'Ali' }).waitFor();
  expect(await dialog.getByText('Viewers see numbers').count()).toBe(0);
  await dialog.getByRole('combobox').fill(digits);
  await dialog.getByText('0 found Viewers see numbers and addresses masked').waitFor();
});

test('a viewer gets about with the keyboard alone, up to their own account', async () => {
  const page = await openAsViewer('overview');
  // On a page that is loaded the focus is nowhere; on one that was gone to it is on the heading.
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
  const account = page.getByRole('navigation').getByRole('link', { name: 'Your account' });
  await account.focus();
  await page.keyboard.press('Enter');
  await page.getByText('As a viewer you may look').waitFor();
  const link = page.getByRole('link', { name: 'Set up two-step sign-in' });
  await link.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByLabel('Current password').waitFor();
  await page.keyboard.type(viewer.password);
  await page.keyboard.press('Enter');
  await page.getByRole('img', { name: /^QR code/ }).waitFor();
});
