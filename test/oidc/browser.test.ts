import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { translator } from '../../packages/pages/src/translations/translate.ts';
import { closeWindows, newContext, sharedBrowser } from '../setup/browser.ts';
import { runExample } from '../setup/example.ts';
import { freePort } from '../setup/free-port.ts';
import { managementApplication } from '../setup/management-client.ts';
import { newReachableServer, type TestServer } from '../setup/server.ts';

const t = translator({ language: 'en' });

describe('applications in a real browser', () => {
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([newReachableServer('SQLite'), sharedBrowser()]);
  });
  afterAll(async () => {
    await closeWindows();
    await server.close();
  });

  async function newPage(): Promise<Page> {
    const context = await newContext(browser, { locale: 'en' });
    return context.newPage();
  }

  /** Signs up on the hosted pages. */
  async function signUp(page: Page, phone: string): Promise<void> {
    await page.getByLabel(t('field.phone'), { exact: true }).fill(phone);
    await page.getByRole('button', { name: t('continue'), exact: true }).click();
    const code = page.getByLabel(t('code.label'), { exact: true });
    await code.waitFor();
    const { body } = await server.management.get(`/development-inbox?phone=${encodeURIComponent(phone)}`);
    // The script sends it, once it is there.
    await page.waitForLoadState();
    await code.fill(body[0].code);
  }

  test('the example signs somebody up, shows who it is, leads to the account page, and signs out', async () => {
    const port = await freePort();
    const baseUrl = `http://localhost:${port}`;
    const example = await runExample({
      SESAME_URL: server.publicUrl,
      PORT: String(port),
      SESAME_MANAGEMENT_CLIENT_ID: managementApplication.id,
      SESAME_MANAGEMENT_CLIENT_SECRET: managementApplication.secret,
    });
    const page = await newPage();
    await page.goto(baseUrl);
    await page.getByRole('link', { name: 'sign up' }).click();
    await signUp(page, '+14155552671');
    await page.getByRole('cell', { name: '+14155552671' }).waitFor();
    expect(page.url()).toBe(`${baseUrl}/`);

    await page.getByRole('link', { name: 'Change my phone number' }).click();
    await page.getByRole('heading', { level: 1, name: t('account.title'), exact: true }).waitFor();
    expect(await page.locator('main').innerText()).toContain('Example application');
    await page.goto(baseUrl);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(page.url()).toBe(`${baseUrl}/`);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel(t('field.phone'), { exact: true }).waitFor();
    example.stop();
  });

  test('an application may lead on to another origin, after a sign-in and after a sign-out', async () => {
    // Every path but `/end` leads on to the same server by another name, which is another origin.
    const application: Server = createServer(({ url = '' }, response) => {
      if (url.startsWith('/end')) return response.setHeader('content-type', 'text/html').end('<p>The end</p>');
      const { port } = application.address() as AddressInfo;
      return response.writeHead(303, { location: `http://127.0.0.1:${port}/end${url}` }).end();
    });
    await new Promise<void>((resolve) => application.listen(0, 'localhost', resolve));
    const { port } = application.address() as AddressInfo;
    const [redirectUri, bye] = [`http://localhost:${port}/callback`, `http://localhost:${port}/bye`];
    const { body } = await server.management.post('/applications', {
      name: 'Shop',
      type: 'SPA',
      oidcClientMetadata: { redirectUris: [redirectUri], postLogoutRedirectUris: [bye] },
    });
    const parameters = new URLSearchParams({
      client_id: body.id,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid',
      prompt: 'create',
      code_challenge: 'a'.repeat(43),
      code_challenge_method: 'S256',
    });
    const page = await newPage();
    await page.goto(`${server.publicUrl}/oidc/auth?${parameters}`);
    await signUp(page, '+14155552672');
    await page.waitForURL(`http://127.0.0.1:${port}/end/callback?*`);
    expect(new URL(page.url()).searchParams.get('code')).toEqual(expect.any(String));

    const out = new URLSearchParams({ client_id: body.id, post_logout_redirect_uri: bye });
    await page.goto(`${server.publicUrl}/oidc/session/end?${out}`);
    await page.getByRole('button', { name: t('signOut.yes'), exact: true }).click();
    await page.waitForURL(`http://127.0.0.1:${port}/end/bye`);
    application.closeAllConnections();
    application.close();
  });

  test('an answer may come as a form, with script and without', async () => {
    let posted = '';
    const application = createServer(async (request, response) => {
      for await (const chunk of request) posted += chunk;
      response.setHeader('content-type', 'text/html').end(`<h1>${request.method}</h1>`);
    });
    await new Promise<void>((resolve) => application.listen(0, 'localhost', resolve));
    const redirectUri = `http://localhost:${(application.address() as AddressInfo).port}/callback`;
    const { body } = await server.management.post('/applications', {
      name: 'Shop',
      type: 'SPA',
      oidcClientMetadata: { redirectUris: [redirectUri] },
    });
    const parameters = new URLSearchParams({
      client_id: body.id,
      redirect_uri: redirectUri,
      response_type: 'code',
      response_mode: 'form_post',
      scope: 'openid',
      prompt: 'none',
      code_challenge: 'a'.repeat(43),
      code_challenge_method: 'S256',
    });
    for (const javaScriptEnabled of [true, false]) {
      posted = '';
      const page = await (await newContext(browser, { javaScriptEnabled })).newPage();
      await page.goto(`${server.publicUrl}/oidc/auth?${parameters}`);
      if (!javaScriptEnabled) await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('heading', { name: 'POST' }).waitFor();
      expect(posted).toContain('error=login_required');
    }
    application.closeAllConnections();
    application.close();
  });
});
