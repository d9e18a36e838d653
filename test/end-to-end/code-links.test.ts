import { beforeAll, beforeEach, expect, test } from 'vitest';
import { beginExperience, type ExperienceClient } from '../setup/experience-client.ts';
import { newUserAgent, type UserAgent } from '../setup/user-agent.ts';
import { useEmail } from './email-rig.ts';
import { type Event, restart, send, verify } from './experience-rig.ts';

const rig = useEmail('SQLite');
let client: ExperienceClient;
let people = 0;
beforeAll(async () => {
  const details = { subject: '{{code}}', content: '{{code}}\n\nSign up\n{{link}}' };
  const templates = ['Register', 'SignIn'].map((templateType) => ({ languageTag: 'en', templateType, details }));
  await rig.server.services.emailTemplates.put(templates);
  const byCode = { identifier: 'email', password: true, verificationCode: true, isPasswordPrimary: false };
  const policy = { signUp: { identifiers: ['email'], password: false, verify: true }, signIn: { methods: [byCode] } };
  await rig.patch(policy);
});
beforeEach(async () => {
  people += 1;
  client = await beginExperience(rig.server, rig.relier, { parameters: { scope: 'openid email' } });
});

/** Asks for a code by mail. @returns what the mail brings */
async function ask(event: Event = 'Register') {
  const email = `cassim.${people}@example.com`;
  await restart(client, event);
  const { body } = await send(client, event, email);
  await expect.poll(() => rig.mails.to(email).length).toBe(1);
  const [mail] = rig.mails.to(email);
  const { code = '', link = '' } = (mail?.payload ?? {}) as { code?: string; link?: string };
  const type = () => verify(client, email, body.verificationId, code);
  return { email, code, link, type };
}
const elsewhere = () => newUserAgent({ [rig.server.publicUrl]: rig.server.baseUrl });
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
    const page = await client.browser.send(new URL(redirect.headers.get('location') ?? '', rig.server.publicUrl).href);
    const html = await page.text();
    expect(html).toContain(`inputmode="numeric" value="${code}"`);
    expect(await rig.server.services.users.find({ email })).toBeUndefined();
    if (times < 2) continue;
    const [, action = ''] = /<form[^>]* action="([^"]*)"/.exec(html) ?? [];
    expect(action).not.toContain(code);
    const sent = await client.browser.send(new URL(action.replaceAll('&amp;', '&'), rig.server.publicUrl).href, {
      method: 'POST',
      body: new URLSearchParams({ ...fieldsOf(html), code }),
      headers: { origin: rig.server.publicUrl },
    });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, expect.not.stringContaining('/code')]);
  }
  expect(await rig.server.services.users.find({ email })).toMatchObject({ primaryEmail: email });
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
  expect(await rig.server.services.users.find({ email })).toBeUndefined();
});

test('elsewhere, the link of a code that was typed says that it is over', async () => {
  const { code, link, type } = await ask();
  expect(await type()).toMatchObject({ status: 200 });
  const page = await elsewhere().send(link);
  expect([page.status, (await page.text()).includes(code)]).toEqual([404, false]);
});

test.each<[Event, isKnown: boolean, path: string]>([
  ['SignIn', true, '/register/account-exists'],
  ['SignIn', false, '/sign-in/no-account'],
  ['Register', true, '/register/account-exists'],
  ['Register', false, '/register/profile'],
])('in a %s of a known address: %s, the link of a code that was typed leads to %s', async (event, isKnown, path) => {
  const { link, email, type } = await ask(event);
  if (isKnown) await rig.server.services.users.create({ primaryEmail: email });
  expect(await type()).toMatchObject({ status: 200 });
  const toCode = await client.browser.send(link);
  const on = await client.browser.send(new URL(toCode.headers.get('location') ?? '', rig.server.publicUrl));
  expect([on.status, new URL(on.headers.get('location') ?? '', rig.server.publicUrl).pathname]).toEqual([303, path]);
});

test('the link of a code that another one replaced fills nothing in, and shows nothing elsewhere', async () => {
  const { messageRateLimitPolicy, verificationCodePolicy } = await rig.server.services.experience.read();
  await rig.patch({
    messageRateLimitPolicy: { ...messageRateLimitPolicy, resendInterval: 0 },
    verificationCodePolicy: { ...verificationCodePolicy, newCodeEachTime: true },
  });
  const before = await ask();
  await send(client, 'Register', before.email);
  await expect.poll(() => rig.mails.to(before.email).length).toBe(2);
  const { link = '' } = (rig.mails.to(before.email)[1]?.payload ?? {}) as { link?: string };
  const shown = async (by: UserAgent, url: string) => {
    const first = await by.send(url);
    const location = first.headers.get('location');
    const page = location ? await by.send(new URL(location, rig.server.publicUrl)) : first;
    return [page.status, /shown-code|inputmode="numeric" value="\d/.test(await page.text())];
  };
  expect(await shown(client.browser, link)).toEqual([200, true]);
  expect(await shown(elsewhere(), link)).toEqual([200, true]);
  expect(await shown(client.browser, before.link)).toEqual([200, false]);
  expect(await shown(elsewhere(), before.link)).toEqual([404, false]);
  await rig.patch({
    messageRateLimitPolicy,
    verificationCodePolicy: { ...verificationCodePolicy, newCodeEachTime: false },
  });
});

test('another sign-in of the same browser is not the one that asked', async () => {
  const { link, code } = await ask();
  const other = await beginExperience(rig.server, rig.relier, { browser: elsewhere() });
  const page = await other.browser.send(link);
  expect([page.status, (await page.text()).includes(code)]).toEqual([200, true]);
});

test('asked for again, both mails bring the same code, and either link fills it in', async () => {
  const { code, link, email } = await ask();
  rig.server.advance(31_000);
  await send(client, 'Register', email);
  await expect.poll(() => rig.mails.to(email).length).toBe(2);
  const again = (rig.mails.to(email)[1]?.payload ?? {}) as { code?: string; link?: string };
  expect(again.code).toBe(code);
  expect(again.link).not.toBe(link);
  for (const each of [link, again.link ?? '']) {
    const redirect = await client.browser.send(each);
    const page = await client.browser.send(new URL(redirect.headers.get('location') ?? '', rig.server.publicUrl).href);
    expect(await page.text()).toContain(`inputmode="numeric" value="${code}"`);
  }
});

test('what is no link of ours says that it is over', async () => {
  for (const token of ['', 'x', 'A'.repeat(300)]) {
    const page = await elsewhere().send(`${rig.server.publicUrl}/verify?token=${token}`);
    expect([page.status, (await page.text()).includes('shown-code')]).toEqual([404, false]);
  }
});
