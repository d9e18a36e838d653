import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { beginExperience, type ExperienceClient, newServerRelier } from '../setup/experience-client.ts';
import { type Mails, startMails } from '../setup/mails.ts';
import type { Relier } from '../setup/oidc-flow.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { newUserAgent } from '../setup/user-agent.ts';
import { restart, send } from './experience-rig.ts';

let server: TestServer;
let mails: Mails;
let relier: Relier;
let client: ExperienceClient;
let people = 0;
beforeAll(async () => {
  mails = await startMails();
  server = await newServer('SQLite', { env: mails.env });
  await mails.setUp(server);
  relier = await newServerRelier(server);
  const details = { subject: '{{code}}', content: '{{code}}\n\nSign up\n{{link}}' };
  const templates = [{ languageTag: 'en', templateType: 'Register', details }];
  await server.services.emailTemplates.put(templates);
  const byCode = { identifier: 'email', password: true, verificationCode: true, isPasswordPrimary: false };
  const policy = { signUp: { identifiers: ['email'], password: false, verify: true }, signIn: { methods: [byCode] } };
  expect(await server.management.patch('/sign-in-exp', policy)).toMatchObject({ status: 200 });
});
afterAll(async () => {
  await server?.close();
  await mails?.close();
});
beforeEach(async () => {
  people += 1;
  client = await beginExperience(server, relier, { parameters: { scope: 'openid email' } });
});

/** Asks for a code by mail. @returns what the mail brings */
async function ask() {
  const email = `cassim.${people}@example.com`;
  await restart(client, 'Register');
  await send(client, 'Register', email);
  await expect.poll(() => mails.to(email).length).toBe(1);
  const [mail] = mails.to(email);
  const { code = '', link = '' } = (mail?.payload ?? {}) as { code?: string; link?: string };
  return { email, code, link };
}
const elsewhere = () => newUserAgent({ [server.publicUrl]: server.baseUrl });
const fieldsOf = (page: string) =>
  Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [name, value]),
  );

test('in the browser that asked, a link fills the code in, and nothing is done before the form is sent', async () => {
  const { code, link, email } = await ask();
  expect(link).not.toContain(code);
  for (let times = 0; times < 3; times += 1) {
    const redirect = await client.browser.send(link);
    expect(redirect.status).toBe(303);
    const page = await client.browser.send(new URL(redirect.headers.get('location') ?? '', server.publicUrl).href);
    const html = await page.text();
    expect(html).toContain(`inputmode="numeric" value="${code}"`);
    expect(await server.services.users.find({ email })).toBeUndefined();
    if (times < 2) continue;
    const [, action = ''] = /<form[^>]* action="([^"]*)"/.exec(html) ?? [];
    expect(action).not.toContain(code);
    const sent = await client.browser.send(new URL(action.replaceAll('&amp;', '&'), server.publicUrl).href, {
      method: 'POST',
      body: new URLSearchParams({ ...fieldsOf(html), code }),
      headers: { origin: server.publicUrl },
    });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, expect.not.stringContaining('/code')]);
  }
  expect(await server.services.users.find({ email })).toMatchObject({ primaryEmail: email });
});

test('elsewhere, a link shows the code and signs nobody in', async () => {
  const { code, link, email } = await ask();
  const other = elsewhere();
  const page = await other.send(link);
  const html = await page.text();
  expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(html).toContain(`<p class="shown-code" dir="ltr">${code}</p>`);
  expect(html).not.toContain('<form');
  expect(Object.keys(other.cookies()).filter((name) => name.includes('flow'))).toEqual([]);
  expect(await server.services.users.find({ email })).toBeUndefined();
});

test('another sign-in of the same browser is not the one that asked', async () => {
  const { link, code } = await ask();
  const other = await beginExperience(server, relier, { browser: elsewhere() });
  const page = await other.browser.send(link);
  expect([page.status, (await page.text()).includes(code)]).toEqual([200, true]);
});

test('what is no link of ours says that it is over', async () => {
  for (const token of ['', 'x', 'A'.repeat(300)]) {
    const page = await elsewhere().send(`${server.publicUrl}/verify?token=${token}`);
    expect([page.status, (await page.text()).includes('shown-code')]).toEqual([404, false]);
  }
});
