import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeProblemsOf } from '../setup/axe.ts';
import { load, looks, type SectionRig, startSectionRig } from './section-rig.ts';

let rig: SectionRig;
beforeAll(async () => {
  rig = await startSectionRig();
});
afterAll(() => rig?.close());

/** Runs commands for curl, which finds the public address of the server where the server listens. */
async function runInShell(commands: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sesame-curl-'));
  try {
    const port = new URL(rig.server.baseUrl).port;
    await writeFile(join(folder, '.curlrc'), `connect-to = "sesame.test:80:127.0.0.1:${port}"\n`);
    const env = { PATH: process.env.PATH, CURL_HOME: folder };
    return (await promisify(execFile)('sh', ['-c', commands], { env })).stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('the commands for a new back end send a code', async () => {
  const { server } = rig;
  const page = await rig.open('applications/create');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Back end');
  await dialog.getByRole('radio', { name: 'Machine to machine' }).check();
  await dialog.getByRole('button', { name: 'Create' }).click();
  const commands = dialog.locator('pre');
  await commands.waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  const stdout = await runInShell(await commands.innerText());
  expect(stdout).toMatch(/^HTTP\/1\.1 204/);
  const messages = await server.management.get('/messages');
  expect(messages.body).toHaveLength(1);

  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'I have kept the secret' }).click();
  await page.getByRole('heading', { level: 1, name: 'Back end' }).waitFor();
  await page.getByText(`${server.publicUrl}/oidc/token`, { exact: true }).waitFor();
  expect(await page.locator('pre').innerText()).toContain('THE-SECRET');
  const { body } = await server.management.get(`/applications/${page.url().split('/').at(-1)}`);
  expect(body.managementScopes).toEqual(['codes']);
});

test('a back end that does not call the Management API is shown no commands that would', async () => {
  const { server } = rig;
  const page = await rig.open('applications/create');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Reports');
  await dialog.getByRole('radio', { name: 'Machine to machine' }).check();
  const call = { name: 'May call the Management API' };
  await dialog.getByRole('switch', call).uncheck({ force: true });
  await dialog.getByRole('button', { name: 'Create' }).click();
  const kept = dialog.getByRole('button', { name: 'I have kept the secret' });
  await kept.waitFor();
  expect(await dialog.locator('pre').count()).toBe(0);
  await kept.click();
  await page.getByRole('heading', { level: 1, name: 'Reports' }).waitFor();
  await page.getByText(`${server.publicUrl}/oidc/token`, { exact: true }).waitFor();
  expect(await page.locator('pre').count()).toBe(0);
  const id = page.url().split('/').at(-1);
  expect((await server.management.get(`/applications/${id}`)).body.isAdmin).toBe(false);

  await page.getByRole('switch', call).check({ force: true });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('pre').waitFor();
  expect((await server.management.get(`/applications/${id}`)).body.isAdmin).toBe(true);
});

test('by keyboard: no type is chosen for anybody, and what it needs to work is asked for', async () => {
  const { server } = rig;
  const page = await rig.open('applications/create');
  const dialog = page.getByRole('dialog');
  const radios = dialog.getByRole('radio');
  await radios.first().waitFor();
  expect(await dialog.locator('input[type=radio]:checked').count()).toBe(0);
  await page.keyboard.press('Enter');
  await dialog.getByText('Choose what kind of application it is.').waitFor();
  const name = dialog.getByLabel('Name');
  await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type('Shop');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => dialog.getByRole('radio', { name: 'Traditional web' }).isChecked()).toBe(true);
  const uri = dialog.getByLabel('Redirect URIs 1', { exact: true });
  await uri.waitFor();
  await page.keyboard.press('Enter');
  await dialog.getByText('Give the address that a sign-in leads back to.').waitFor();
  await expect.poll(() => uri.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type('http://shop.example.com/callback');
  await page.keyboard.press('Enter');
  await dialog.getByText('Use https; http is only for localhost.').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await uri.fill('https://shop.example.com/callback');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Copy: Client secret' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Shop' }).waitFor();
  const snippet = page.locator('pre');
  await snippet.waitFor();
  expect(await snippet.innerText()).toContain("'https://shop.example.com/callback'");
  const { body } = await server.management.get(`/applications/${page.url().split('/').at(-1)}`);
  expect(body).toMatchObject({
    type: 'Traditional',
    oidcClientMetadata: { redirectUris: ['https://shop.example.com/callback'] },
  });
});

test('rights are chosen by keyboard, and the example is a call that the application may make', async () => {
  const { server } = rig;
  const { body: created } = await server.management.post('/applications', { name: 'Robot', type: 'MachineToMachine' });
  const scopes = async () => (await server.management.get(`/applications/${created.id}`)).body.managementScopes;
  const page = await rig.open(`applications/${created.id}`);
  const all = page.getByRole('radio', { name: 'Everything, as an owner' });
  const some = page.getByRole('radio', { name: 'Only some of it' });
  // The server hears of a choice before the page shows it, and a key goes by what is shown.
  const shows = async (what: Locator, isChecked = true) => {
    await expect.poll(() => what.isChecked()).toBe(isChecked);
    await expect.poll(() => what.evaluate((one) => one === document.activeElement)).toBe(true);
  };
  await page.getByText('All of it: send codes').waitFor();
  await all.focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(scopes).toEqual(['codes']);
  await shows(some);
  await page.keyboard.press('ArrowUp');
  await expect.poll(scopes).toEqual(['all']);
  await shows(all);
  await page.keyboard.press('ArrowDown');
  await expect.poll(scopes).toEqual(['codes']);
  await shows(some);
  const codes = page.getByRole('checkbox', { name: 'Send codes' });
  const read = page.getByRole('checkbox', { name: 'Read everything but' });
  // The only right that is left cannot be taken away, so Tab passes it by.
  await expect.poll(() => codes.isDisabled()).toBe(true);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await shows(read, false);
  await page.keyboard.press('Space');
  await expect.poll(scopes).toEqual(['codes', 'read']);
  await shows(read);
  await codes.focus();
  await page.keyboard.press('Space');
  await expect.poll(scopes).toEqual(['read']);
  await shows(codes, false);

  const commands = page.locator('pre');
  await page.getByRole('heading', { name: 'List messages from a shell' }).waitFor();
  expect(await page.getByText('All of it: send codes').count()).toBe(0);
  await page.getByText('Read everything but secrets and the development inbox. Turn it off').waitFor();
  const shown = (await commands.innerText()).replace('THE-SECRET', created.secret);
  expect(shown).toContain('scope=read');
  expect(await runInShell(shown)).toMatch(/^HTTP\/1\.1 200/);
  await server.management.patch(`/applications/${created.id}`, { managementScopes: ['users'] });
  await page.reload();
  await page.getByRole('heading', { name: 'List users from a shell' }).waitFor();
  expect(await runInShell((await commands.innerText()).replace('THE-SECRET', created.secret))).toMatch(
    /^HTTP\/1\.1 200/,
  );
});

test('the commands ask for the Management API by the name that it was given', async () => {
  const { body } = await rig.server.management.post('/applications', { name: 'Robot', type: 'MachineToMachine' });
  const page = await rig.signedInPage();
  await page.route('**/api/console/session', async (route) => {
    const session = await (await route.fetch()).json();
    await route.fulfill({ json: { ...session, apiIndicator: 'urn:sesame:api' } });
  });
  await rig.show(page, `applications/${body.id}`);
  const commands = page.locator('pre');
  await commands.waitFor();
  expect(await commands.innerText()).toContain("'resource=urn:sesame:api'");
  expect(await commands.innerText()).toContain(`${rig.server.publicUrl}/api/verification-codes`);
});

test('replaces the secret, and deletes the application', async () => {
  const { server } = rig;
  const { body } = await server.management.post('/applications', { name: 'Old', type: 'Traditional' });
  const page = await rig.open(`applications/${body.id}`);
  const replace = page.getByRole('link', { name: 'Replace the secret' });
  await replace.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Replace' }).click();
  const secret = await dialog.locator('code').last().innerText();
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(secret).not.toBe(body.secret);
  await dialog.getByRole('button', { name: 'I have kept the secret' }).press('Enter');
  await expect.poll(() => replace.evaluate((it) => it === document.activeElement)).toBe(true);
  await page.getByRole('link', { name: 'Delete application' }).click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { level: 1, name: 'Applications' }).waitFor();
  expect((await server.management.get(`/applications/${body.id}`)).status).toBe(404);
});

test('edits redirect URIs, each with its own problem', async () => {
  const { server } = rig;
  const { body } = await server.management.post('/applications', { name: 'Shop', type: 'SPA' });
  const page = await rig.open(`applications/${body.id}`);
  const add = page.getByRole('button', { name: 'Add a URI: Redirect URIs', exact: true });
  await add.click();
  await page.getByLabel('Redirect URIs 1', { exact: true }).fill('https://shop.example.com/callback');
  await add.click();
  await page.getByLabel('Redirect URIs 2', { exact: true }).fill('http://shop.example.com/callback');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Use https; http is only for localhost.').waitFor();
  const second = page.getByLabel('Redirect URIs 2', { exact: true });
  expect(await second.getAttribute('aria-invalid')).toBe('true');
  expect(await axeProblemsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Remove Redirect URIs 2', exact: true }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  const stored = async () => (await server.management.get(`/applications/${body.id}`)).body.oidcClientMetadata;
  expect((await stored()).redirectUris).toEqual(['https://shop.example.com/callback']);
  await page.getByRole('button', { name: 'Remove Redirect URIs 1', exact: true }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Without one nobody can sign in.').waitFor();
  expect((await stored()).redirectUris).toEqual(['https://shop.example.com/callback']);
});

test('edits how long tokens live, whether they rotate, and whose pages may call', async () => {
  const { server } = rig;
  const customClientMetadata = { refreshTokenTtl: 600, idTokenTtl: 300 };
  const { body } = await server.management.post('/applications', { name: 'Shop', type: 'SPA', customClientMetadata });
  const page = await rig.open(`applications/${body.id}`);
  expect(await page.getByLabel('Lifetime of ID tokens, in seconds').inputValue()).toBe('300');
  await page.getByLabel('Lifetime of ID tokens, in seconds').fill('');
  await page.getByLabel('Lifetime of refresh tokens, in days').fill('3');
  await page.getByLabel('Replace refresh tokens').uncheck({ force: true });
  await page.getByRole('button', { name: 'Add a URI: CORS origins', exact: true }).click();
  const origin = page.getByLabel('CORS origins 1', { exact: true });
  await origin.fill('https://*.example.com');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Wildcards are not supported: give each origin in full.').waitFor();
  await origin.fill('https://Shop.example.com/');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  await expect.poll(() => origin.inputValue()).toBe('https://shop.example.com');
  const stored = (await server.management.get(`/applications/${body.id}`)).body.customClientMetadata;
  expect(stored).toEqual({
    refreshTokenTtl: 600,
    refreshTokenTtlInDays: 3,
    rotateRefreshToken: false,
    alwaysIssueRefreshToken: false,
    corsAllowedOrigins: ['https://shop.example.com'],
  });
});

test.each(looks)('axe finds nothing: %s', async (_, look) => {
  const { body } = await rig.server.management.post('/applications', { name: 'Robot', type: 'MachineToMachine' });
  const page = await rig.open('applications', look);
  await page.locator('main table').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  await load(page, `${rig.server.baseUrl}/console/applications/${body.id}`);
  await page.locator('pre').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  const shop = await rig.server.management.post('/applications', { name: 'Shop', type: 'SPA' });
  await load(page, `${rig.server.baseUrl}/console/applications/${shop.body.id}`);
  await page.locator('pre').waitFor();
  expect(await axeProblemsOf(page)).toEqual([]);
  for (const dialog of ['applications/create', `applications/${body.id}/rotate`]) {
    await load(page, `${rig.server.baseUrl}/console/${dialog}`);
    await page.getByRole('dialog').waitFor();
    expect(await axeProblemsOf(page)).toEqual([]);
  }
});
