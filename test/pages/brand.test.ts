import { ClientSecretBasic } from 'openid-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { discoverRelier, type Relier } from '../setup/oidc-flow.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { newUserAgent } from '../setup/user-agent.ts';

const links = { termsOfUseUrl: 'https://example.com/terms', privacyPolicyUrl: 'https://example.com/privacy' };
const none = {
  ...{ termsOfUseUrl: null, privacyPolicyUrl: null, agreeToTermsPolicy: 'Automatic', customCss: null },
  ...{ supportEmail: null, supportWebsiteUrl: null, unknownSessionRedirectUrl: null },
};

let server: TestServer;
let relier: Relier;
beforeAll(async () => {
  server = await newServer('SQLite');
  const redirectUri = 'https://shop.example.com/callback';
  const { id, secret = '' } = await server.services.applications.create({
    name: 'Shop',
    type: 'Traditional',
    oidcClientMetadata: { redirectUris: [redirectUri], postLogoutRedirectUris: [] },
  });
  const authentication = ClientSecretBasic(secret);
  relier = await discoverRelier(`${server.publicUrl}/oidc`, { id, redirectUri, authentication }, (url, options) =>
    fetch(url.replace(server.publicUrl, server.baseUrl), options as RequestInit),
  );
});
afterEach(() => patch(none));
afterAll(() => server?.close());

const patch = async (body: object) => {
  const reply = await server.management.patch('/sign-in-exp', body);
  expect(reply.status).toBe(200);
};
const hidden = (page: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';

/** A browser at the first page of a sign-in. */
async function begin(parameters: Record<string, string> = {}) {
  const browser = newUserAgent({ [server.publicUrl]: server.baseUrl });
  const { url, response } = await browser.visit((await relier.start(parameters)).url);
  const page = await response.text();
  const carried = { flow: hidden(page, 'flow'), csrf: hidden(page, 'csrf') };
  return {
    page,
    policy: response.headers.get('content-security-policy'),
    /** Sends a form, and follows to the next page. */
    async send(form: Record<string, string>, path = new URL(url).pathname) {
      const sent = await browser.send(`${server.publicUrl}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: server.publicUrl },
        body: new URLSearchParams({ ...carried, ...form }),
      });
      const next = new URL(sent.headers.get('location') ?? '', server.publicUrl);
      return { path: next.pathname, page: await (await browser.send(next.href, {})).text() };
    },
  };
}

let numbers = 0;
/** A number that no message has gone to yet. */
const newNumber = () => ({ country: 'GB', phone: `+44 7400 1234${10 + numbers++}` });

describe('a stylesheet of the operator’s own', () => {
  test('is loaded after ours, by an address of its content, under the same policy', async () => {
    const before = await begin();
    await patch({ customCss: 'h1 { color: rebeccapurple }' });
    const { page, policy } = await begin();
    const [, ours, own] = /(\/pages\/pages\.css[^"]*)[\s\S]*(\/pages\/custom\.css\?v=[^"]*)/.exec(page) ?? [];
    expect(ours).toBeDefined();
    const withoutNonce = (text: string | null) => text?.replace(/'nonce-[^']*'/, '');
    expect(withoutNonce(policy)).toBe(withoutNonce(before.policy));
    const file = await fetch(`${server.baseUrl}${own}`);
    expect([await file.text(), file.headers.get('content-type')]).toEqual([
      'h1 { color: rebeccapurple }',
      'text/css; charset=utf-8',
    ]);
    expect(file.headers.get('cache-control')).toContain('immutable');
    await patch({ customCss: 'h1 { color: red }' });
    const later = await fetch(`${server.baseUrl}${own}`);
    expect([await later.text(), later.headers.get('cache-control')]).toEqual(['h1 { color: red }', 'no-store']);
    expect((await begin()).page).not.toContain(own);
  });

  test('is not there where there is none', async () => {
    await patch({ customCss: '' });
    expect((await begin()).page).not.toContain('custom.css');
  });
});

test('help is at the foot of every page', async () => {
  await patch({ supportEmail: 'help@example.com', supportWebsiteUrl: 'https://example.com/help' });
  const foot = /<footer class="support">[\s\S]*https:\/\/example\.com\/help[\s\S]*mailto:help@example\.com/;
  expect((await begin()).page).toMatch(foot);
  expect(await (await fetch(`${server.baseUrl}/sign-in/nowhere`)).text()).toMatch(foot);
});

describe('the terms', () => {
  test('are agreed to by going on', async () => {
    await patch(links);
    const browser = await begin();
    expect(browser.page).toContain('By going on you agree to the');
    expect((await browser.send(newNumber())).path).toBe('/sign-in/code');
  });

  test('are agreed to at sign-in and at sign-up', async () => {
    await patch({ ...links, agreeToTermsPolicy: 'Manual' });
    const browser = await begin();
    expect(browser.page).toContain('type="checkbox" id="agree"');
    const refused = await browser.send({ ...newNumber(), agree: 'no' });
    expect(refused.path).toBe('/sign-in');
    expect(refused.page).toContain('To go on, tick this box.');
    expect((await browser.send({ ...newNumber() })).path).toBe('/sign-in');
    const invalid = await browser.send({ country: 'GB', phone: '1', agree: 'yes' });
    expect(invalid.page).toMatch(/id="agree"[^>]* checked/);
    expect((await browser.send({ ...newNumber(), agree: 'yes' })).path).toBe('/sign-in/code');
    const byPassword = await browser.send({ identifier: 'ada', password: 'x', agree: 'no' }, '/sign-in/password');
    expect(byPassword.page).toContain('To go on, tick this box.');
  });

  test('are agreed to at sign-up alone, and can be read at sign-in', async () => {
    await patch({ ...links, agreeToTermsPolicy: 'ManualRegistrationOnly' });
    const signIn = await begin();
    expect(signIn.page).toContain('Read the <a href="https://example.com/terms"');
    expect((await signIn.send(newNumber())).path).toBe('/sign-in/code');
    const signUp = await begin({ first_screen: 'register' });
    expect(signUp.page).toContain('type="checkbox" id="agree"');
    expect((await signUp.send(newNumber(), '/register')).page).toContain('To go on, tick this box.');
    expect((await signUp.send({ ...newNumber(), agree: 'yes' }, '/register')).path).toBe('/register/code');
  });

  test('are not asked about where there are none', async () => {
    await patch({ agreeToTermsPolicy: 'Manual' });
    const browser = await begin();
    expect(browser.page).not.toContain('agree');
    expect((await browser.send(newNumber())).path).toBe('/sign-in/code');
  });
});

test('who comes with a sign-in that is not known here goes where the operator says', async () => {
  const open = (method: string) =>
    fetch(`${server.baseUrl}/sign-in?flow=unknown`, { method, redirect: 'manual', headers: { accept: 'text/html' } });
  expect((await open('GET')).status).toBeGreaterThanOrEqual(400);
  await patch({ unknownSessionRedirectUrl: 'https://shop.example.com/start' });
  const sent = await open('GET');
  expect([sent.status, sent.headers.get('location')]).toEqual([303, 'https://shop.example.com/start']);
});
