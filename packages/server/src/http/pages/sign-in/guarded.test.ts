import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { beginExperience, newServerRelier } from '../../../../../../test/setup/experience-client.ts';
import type { Relier } from '../../../../../../test/setup/oidc-flow.ts';
import { priceInbox } from '../../../../../../test/setup/priced-inbox.ts';
import { newServer, type TestServer } from '../../../../../../test/setup/server.ts';
import type { FraudPolicy } from '../../../experience/fraud-policy.ts';

let server: TestServer;
let relier: Relier;
beforeAll(async () => {
  server = await newServer('SQLite');
  relier = await newServerRelier(server);
  await priceInbox(server.services);
  await server.services.humanCheck.provider.put({ type: 'Altcha', difficulty: 1 });
});
afterAll(() => server.close());

const open: Partial<FraudPolicy> = {
  mode: 'enforce',
  countries: { mode: 'deny', list: [] },
  never: { prefixes: [], networks: [] },
};
const setPolicy = (fraudPolicy: Partial<FraudPolicy> = {}) =>
  server.services.experience.change({ fraudPolicy: { ...open, ...fraudPolicy } });
beforeEach(() => setPolicy());

const messagesTo = (phone: string) => server.services.inbox.messages(phone);
/** Numbers of one country, in blocks of their own. */
const numbers = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(10 + index)}123456`);

/** Somebody at the first page of a sign-in, in a browser of their own. */
async function visit() {
  const client = await beginExperience(server, relier);
  const { browser, flow } = client;
  const pageAt = async (path: string) => {
    const reply = await browser.send(new URL(path, server.publicUrl).href);
    return { status: reply.status, html: await reply.text() };
  };
  const go = async (page: { html: string }, fields: Record<string, string>) => {
    const [, action = ''] = /<form[^>]* action="([^"]*)"/.exec(page.html) ?? [];
    const hidden = [...page.html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
    const body = new URLSearchParams({
      ...Object.fromEntries(hidden.map(([, name, value]) => [name, value?.replaceAll('&amp;', '&')])),
      ...fields,
    });
    const url = new URL(action.replaceAll('&amp;', '&'), server.publicUrl).href;
    const reply = await browser.send(url, { method: 'POST', body, headers: { origin: server.publicUrl } });
    return reply.headers.get('location') ?? '';
  };
  const first = await pageAt(`/sign-in?flow=${flow}&by=code`);
  return {
    client,
    first,
    pageAt,
    go,
    /** @returns where the page leads to */
    ask: (phone: string) => go(first, { country: 'US', phone }),
  };
}

test('where the guard asks for a check, what was typed goes out once it is passed', async () => {
  const phones = numbers('+4366', 4);
  for (const phone of phones.slice(0, 3)) expect(await (await visit()).ask(phone)).toContain('/sign-in/code');
  const person = await visit();
  const last = phones[3] as string;
  const asked = await person.ask(last);
  expect(asked).toContain('/sign-in/check');
  expect(messagesTo(last)).toEqual([]);
  const check = await person.pageAt(asked);
  const { body } = await person.client.call('GET', '/captcha');
  const challenge = body.challenge as Challenge;
  const solution = await solveChallenge({ challenge, deriveKey });
  const token = Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
  // Where the message cannot be recorded, the person has not to show once more that they are one.
  const { db } = server.services.store;
  await sql`create trigger full before insert on messages begin select raise(abort, 'full'); end`.execute(db);
  expect(await person.go(check, { token })).toBe('');
  await sql`drop trigger full`.execute(db);
  expect(messagesTo(last)).toEqual([]);
  expect(await person.ask(last)).toContain('/sign-in/code');
  expect(messagesTo(last)).toHaveLength(1);
  // What was passed was for this message: bots pass some.
  expect(await person.ask(numbers('+43671', 1)[0] as string)).toContain('/sign-in/check');
});

test('whoever cannot be checked waits, and then it goes out', async () => {
  const person = await visit();
  const [phone = ''] = numbers('+43672', 1);
  const asked = await person.ask(phone);
  const check = await person.pageAt(asked);
  const [, wait = ''] = /name="wait" value="([^"]*)"/.exec(check.html) ?? [];
  expect(await person.go(check, { wait })).toContain('/sign-in/check');
  server.advance(31_000);
  expect(await person.go(check, { wait })).toContain('/sign-in/code');
  expect(messagesTo(phone)).toHaveLength(1);
});

test('a country that is not served is not offered, and is said at once where it is typed, with the other ways in', async () => {
  await setPolicy({ countries: { mode: 'allow', list: ['DE', 'CH'] } });
  const person = await visit();
  const options = [...person.first.html.matchAll(/<option value="([A-Z]{2})"/g)].map(([, id]) => id);
  expect(options).toEqual(['DE', 'CH']);
  const back = await person.go(person.first, { country: 'CN', phone: '138 0013 8000' });
  const page = await person.pageAt(back);
  expect(page.html).toContain('Codes are not sent to numbers of this country.');
  expect(page.html).toContain('/sign-in/go');
  expect(messagesTo('+8613800138000')).toEqual([]);
  expect([...page.html.matchAll(/<option value="([A-Z]{2})"/g)].map(([, id]) => id)).toEqual(['CN', 'DE', 'CH']);
  expect(await person.ask('+491512345678')).toContain('/sign-in/code');
});

test('where no country is served, pages say so of any number', async () => {
  await setPolicy({ countries: { mode: 'allow', list: [] } });
  const person = await visit();
  expect(person.first.html).toMatch(/<option value="[A-Z]{2}"/);
  const page = await person.pageAt(await person.go(person.first, { country: 'DE', phone: '0151 2345678' }));
  expect(page.html).toContain('Codes are not sent to numbers of this country.');
  expect(page.html).toContain('/sign-in/go');
});

test('what is refused says so, with the other ways in', async () => {
  await setPolicy({ never: { prefixes: ['+4178'], networks: [] } });
  const person = await visit();
  const page = await person.pageAt(await person.ask('+41781234567'));
  expect(page.html).toContain('Codes to this range of numbers are paused.');
  expect(page.html).toContain('/sign-in/go');
});

test('where decisions are recorded only, everything goes out, and it is kept what would not have', async () => {
  await setPolicy({ mode: 'record', countries: { mode: 'deny', list: ['PT'] } });
  const person = await visit();
  expect(person.first.html).toContain('<option value="PT"');
  expect(await person.ask('+351912345678')).toContain('/sign-in/code');
  expect(messagesTo('+351912345678')).toHaveLength(1);
  const decisions = await server.services.store.db.selectFrom('guard_decisions').selectAll().execute();
  expect(decisions.at(-1)).toMatchObject({ country: 'PT', is_enforced: 0 });
});

test('where the guard asks for a check, a code that comes second waits for it, and so does each after it', async () => {
  // What was asked for before is no part of this.
  server.advance(3 * 86_400_000);
  const phones = numbers('+4670', 4);
  for (const phone of phones.slice(0, 3)) await (await visit()).ask(phone);
  const { signIn } = await server.services.experience.read();
  const byPassword = {
    identifier: 'username',
    password: true,
    verificationCode: false,
    isPasswordPrimary: true,
  } as const;
  const mfa = { factors: ['PhoneVerificationCode'], policy: 'NoPrompt' } as const;
  await server.services.experience.change({
    signIn: { methods: [byPassword] },
    mfa: { ...mfa, factors: [...mfa.factors] },
  });
  const [username, password, primaryPhone = ''] = ['ali_baba', 'a cave full of gold', phones[3]];
  await server.services.users.create({ username, password, primaryPhone });
  const person = await visit();
  const { call, flow } = person.client;
  const identifier = { type: 'username', value: username };
  const { verificationId } = (await call('POST', '/verification/password', { identifier, password })).body;
  await call('POST', '/identification', { verificationId });
  const pass = async (asked: string) => {
    expect(asked).toContain('/sign-in/check');
    const check = await person.pageAt(asked);
    const [, wait = ''] = /name="wait" value="([^"]*)"/.exec(check.html) ?? [];
    server.advance(31_000);
    return person.go(check, { wait });
  };
  const secondStep = await person.pageAt(`/sign-in/second-step?flow=${flow}`);
  expect(await pass(await person.go(secondStep, {}))).toContain('/sign-in/second-step');
  const codePath = await person.go(secondStep, {});
  expect(codePath).toContain('/sign-in/second-step/code');
  expect(messagesTo(primaryPhone)).toHaveLength(1);
  server.advance(31_000);
  const { html } = await person.pageAt(codePath);
  const again = /<form[^>]* action="[^"]*\/resend[\s\S]*?<\/form>/.exec(html)?.[0] ?? '';
  expect(await pass(await person.go({ html: again }, {}))).toContain('/sign-in/second-step');
  await server.services.experience.change({ signIn, mfa: { factors: [], policy: 'UserControlled' } });
});

test('where the guard asks for a check, a first code that goes elsewhere waits for it, and goes there', async () => {
  server.advance(3 * 86_400_000);
  const phones = numbers('+4676', 4);
  for (const phone of phones.slice(0, 3)) await (await visit()).ask(phone);
  const { signUp, signIn } = await server.services.experience.read();
  const byCode = { password: false, verificationCode: true, isPasswordPrimary: false };
  await server.services.connectors.setUp('http-email', { endpoint: 'http://127.0.0.1:1/nobody-listens' });
  await server.services.experience.change({
    signUp: { ...signUp, identifiers: ['phone', 'email'] },
    signIn: { methods: (['phone', 'email'] as const).map((identifier) => ({ identifier, ...byCode })) },
  });
  const person = await visit();
  const [, , , phone = ''] = phones;
  expect(await person.go(person.first, { identifier: phone })).toContain('/sign-in/check');
  const refused = await person.go(person.first, { identifier: 'ada@example.com' });
  const { html } = await person.pageAt(refused);
  const instead = /<form[^>]* action="[^"]*\/instead[\s\S]*?<\/form>/.exec(html)?.[0] ?? '';
  const asked = await person.go({ html: instead }, {});
  expect(asked).toContain('/sign-in/check');
  const check = await person.pageAt(asked);
  const [, wait = ''] = /name="wait" value="([^"]*)"/.exec(check.html) ?? [];
  server.advance(31_000);
  expect(await person.go(check, { wait })).toContain('/sign-in/code');
  expect(messagesTo(phone)).toHaveLength(1);
  await server.services.experience.change({ signUp, signIn });
});
