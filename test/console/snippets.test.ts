import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { browserSnippet } from '../../packages/console/src/applications/snippets/browser-snippet.ts';
import { programSnippet, webServerSnippet } from '../../packages/console/src/applications/snippets/node-snippets.ts';
import { literal } from '../../packages/console/src/applications/snippets/sign-in-values.ts';
import { closeWindows, newContext, sharedBrowser } from '../setup/browser.ts';
import { freePort } from '../setup/free-port.ts';
import { newPhone } from '../setup/phones.ts';
import { newReachableServer, type TestServer } from '../setup/server.ts';

let server: TestServer;
let browser: Browser;
let folder: string;
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  [server, browser, folder] = await Promise.all([
    newReachableServer('SQLite'),
    sharedBrowser(),
    mkdtemp(join(tmpdir(), 'sesame-snippets-')),
  ]);
  await symlink(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'));
});
afterEach(() => Promise.all(ends.splice(0).map((end) => end())));
afterAll(async () => {
  await closeWindows();
  await server?.close();
  await rm(folder, { recursive: true });
});

/** An application with a redirect URI on this computer, and what its snippet is filled with. */
async function newApplication(type: 'SPA' | 'Traditional' | 'Native') {
  const redirectUri = `http://localhost:${await freePort()}/callback`;
  const oidcClientMetadata = { redirectUris: [redirectUri] };
  const { body } = await server.management.post('/applications', { name: 'Shop', type, oidcClientMetadata });
  const values = { issuer: `${server.publicUrl}/oidc`, clientId: body.id as string, redirectUri };
  return { values, secret: body.secret as string };
}

/** Runs a program, and waits until it says where to go. */
async function run(name: string, program: string, env: Record<string, string> = {}) {
  const file = join(folder, name);
  await writeFile(file, program);
  const { PATH = '', HOME = '' } = process.env;
  const child: ChildProcess = spawn(process.execPath, [file], { env: { PATH, HOME, ...env }, cwd: folder });
  const exited = once(child, 'close');
  ends.push(() => child.kill() && exited);
  let output = '';
  const { promise: says, resolve } = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      const [, url] = /^Open (\S+)$/m.exec(output) ?? [];
      if (url !== undefined) resolve(url);
    });
  }
  const url = await Promise.race([says, exited.then(() => expect.fail(output))]);
  return { url, exited, output: () => output };
}

/** Signs somebody in at the hosted pages with a code. @returns the person's number */
async function signIn(page: Page): Promise<string> {
  const phone = newPhone();
  await server.management.post('/users', { primaryPhone: phone, name: 'Ali Baba' });
  await page.locator('input[name=phone]').fill(phone);
  await page.locator('main button[type=submit]').first().click();
  const code = page.locator('input[name=code]');
  await code.waitFor();
  const { body } = await server.management.get(`/development-inbox?phone=${encodeURIComponent(phone)}`);
  // The last digit sends the form, once the script is there.
  await page.waitForLoadState();
  await code.pressSequentially(body[0].code);
  return phone;
}

async function newPage(): Promise<Page> {
  const context = await newContext(browser);
  ends.push(() => context.close());
  return context.newPage();
}

test('the page for a single-page application signs in', async () => {
  const { values } = await newApplication('SPA');
  const { port } = new URL(values.redirectUri);
  const html = browserSnippet(values);
  const application = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html));
  await new Promise<void>((resolve) => application.listen(Number(port), 'localhost', resolve));
  ends.push(() => {
    application.closeAllConnections();
    application.close();
  });
  const page = await newPage();
  await page.goto(values.redirectUri);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const phone = await signIn(page);
  await page.locator('#claims').filter({ hasText: phone }).waitFor();
  expect(JSON.parse(await page.locator('#claims').innerText())).toMatchObject({
    name: 'Ali Baba',
    phone_number: phone,
    phone_number_verified: true,
  });
  expect(page.url()).toBe(values.redirectUri);
  await page.goto(`${values.redirectUri}?code=stolen&state=not-this-one`);
  expect(await page.locator('#claims').innerText()).toBe('');
});

test('the server for a traditional application signs in', async () => {
  const { values, secret } = await newApplication('Traditional');
  const { url } = await run('server.mjs', webServerSnippet(values), { CLIENT_SECRET: secret });
  const page = await newPage();
  await page.goto(url);
  const phone = await signIn(page);
  await page.getByText(phone).waitFor();
  expect(JSON.parse(await page.locator('body').innerText())).toMatchObject({ name: 'Ali Baba', phone_number: phone });
  const again = await fetch(`${values.redirectUri}?code=stolen&state=not-this-one`);
  expect([again.status, await again.text()]).toEqual([400, 'Error: This sign-in did not begin here, or is over.']);
});

test('the program for a native application signs in', async () => {
  const { values } = await newApplication('Native');
  const { url, exited, output } = await run('sign-in.mjs', programSnippet(values));
  const page = await newPage();
  await page.goto(url);
  const phone = await signIn(page);
  await page.getByText('Signed in. You can close this window.').waitFor();
  await page.context().close();
  expect(await exited).toEqual([0, null]);
  expect(output()).toContain(`phone_number: '${phone}'`);
});

test.each(["it's", 'back\\slash', '</script><b>', 'a "quoted" word', 'line\nbreak', '$`'])(
  'the text %j stays itself in a snippet',
  (text) => {
    expect(new Function(`return ${literal(text)}`)()).toBe(text);
    expect(literal(text)).not.toContain('<');
  },
);
