import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { beginExperience, type ExperienceClient, newServerRelier } from '../setup/experience-client.ts';
import type { Relier } from '../setup/oidc-flow.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { listenToStatements, startIsOver } from '../setup/statements.ts';
import { type Event, named, restart, send, verify } from './experience-rig.ts';

/** What somebody may type who wants to know whether it is an account's. */
type Names = { phone: string; email: string; username: string };
type Field = keyof Names;

/** Gets everything ready. @returns what asks, of which the answer must not tell */
type Ask = (names: Names) => Promise<() => Promise<Response>>;
/** What is asked, and the status of the answer to everybody. */
type Asked = [what: string, status: number, ask: Ask];

const password = 'a cave full of gold';
const codesOf = ['phone', 'email'] as const;
const methods = (['phone', 'email', 'username'] as const).map((identifier) => ({
  identifier,
  password: true,
  verificationCode: identifier !== 'username',
  isPasswordPrimary: false,
}));
const open = {
  signInMode: 'SignInAndRegister',
  signUp: { identifiers: ['email', 'phone'], password: false, verify: true },
  signIn: { methods },
  forgotPasswordMethods: ['PhoneVerificationCode', 'EmailVerificationCode'],
};
const closed = { ...open, signInMode: 'SignIn' };

let server: TestServer;
let relier: Relier;
let passwordDigest: string;
const later = Promise.withResolvers<void>();

beforeAll(async () => {
  // What is done every minute would be counted as well.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const now = Date.now();
  // What must not show is sent when the tests are over.
  server = await newServer('SQLite', { platform: { now: () => now, sleep: () => later.promise } });
  await startIsOver(server);
  relier = await newServerRelier(server);
  passwordDigest = await server.services.users.digestPassword(password);
  await server.services.experience.change({ messageRateLimitPolicy: { maxSendsPerAddress: null, maxSendsTotal: 500 } });
  await server.services.administrators.seedFirst({ username: 'morgiana', password });
});
afterAll(async () => {
  later.resolve();
  await server.close();
  vi.useRealTimers();
});

let people = 0;
function newNames(): Names {
  people += 1;
  const number = String(people).padStart(4, '0');
  return { phone: newPhone(), email: `person.${number}@example.com`, username: `person_${number}` };
}

/** An answer without what is random or was typed. */
async function shapeOf(reply: Response, names: Names) {
  const plain = (text: string) =>
    Object.values(names)
      .flatMap((name) => [name, encodeURIComponent(name)])
      .reduce((shown, name) => shown.replaceAll(name, 'NAME'), text)
      .replace(/(?<=nonce[-=]"?)[\w+/=]+|[\w-]{16,}/g, 'ID')
      .replace(/\d/g, '0');
  const cookies = reply.headers.getSetCookie().map((cookie) => plain(cookie.split('=')[0] ?? ''));
  const location = plain(reply.headers.get('location') ?? '');
  return { status: reply.status, cookies: cookies.toSorted(), location, text: plain(await reply.text()) };
}

const begin = () => beginExperience(server, relier);
const api = (client: ExperienceClient, path: string, body: object) => () =>
  client.browser.send(`${server.publicUrl}/api/experience${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

/** Posts a form, and looks at the page that it leads to. */
function form({ browser, flow }: ExperienceClient) {
  const html = (response: Response) => response.text();
  return async (path: string, fields: Record<string, string>) => {
    const page = await html(await browser.send(`${server.publicUrl}/sign-in?flow=${flow}`));
    const csrf = /name="csrf" value="([^"]*)"/.exec(page)?.[1] ?? '';
    return async () => {
      const body = new URLSearchParams({ flow, csrf, country: 'CN', ...fields });
      const headers = { origin: server.publicUrl, 'content-type': 'application/x-www-form-urlencoded' };
      const reply = await browser.send(`${server.publicUrl}${path}`, { method: 'POST', body, headers });
      const { location } = Object.fromEntries(reply.headers);
      return location === undefined ? reply : browser.send(new URL(location, server.publicUrl));
    };
  };
}

/** A code that was asked for on the page of an event. @returns its verification */
async function askedOnPage(client: ExperienceClient, event: string, typed: string): Promise<string> {
  const ask = await form(client)(`/${event}`, { identifier: typed });
  return new URL((await ask()).url).searchParams.get('verification') ?? '';
}

const sendCode =
  (event: Event, field: (typeof codesOf)[number]): Ask =>
  async (names) => {
    const client = await begin();
    await restart(client, event);
    return api(client, '/verification/verification-code', { interactionEvent: event, identifier: named(names[field]) });
  };

const answerCode =
  (event: Event, field: (typeof codesOf)[number]): Ask =>
  async (names) => {
    const client = await begin();
    await restart(client, event);
    const { verificationId } = (await send(client, event, names[field])).body;
    await verify(client, names[field], verificationId, 'no digits');
    const answer = { identifier: named(names[field]), verificationId, code: '000000' };
    return api(client, '/verification/verification-code/verify', answer);
  };

const typePassword =
  (field: Field): Ask =>
  async (names) =>
    api(await begin(), '/verification/password', { identifier: { type: field, value: names[field] }, password: 'no' });

const onPage =
  (event: string, field: Field): Ask =>
  async (names) =>
    form(await begin())(`/${event}`, { identifier: names[field], password: 'no' });

const withCode =
  (event: string, step: string, field: (typeof codesOf)[number]): Ask =>
  async (names) => {
    const client = await begin();
    const verification = await askedOnPage(client, event, names[field]);
    return form(client)(`/${event}/code${step}`, { verification, code: '000000' });
  };

const all: Field[] = ['phone', 'email', 'username'];
const pageOf = { SignIn: 'sign-in', Register: 'register', ForgotPassword: 'forgot-password' } as const;

const asksOf = (...events: Event[]): Asked[] =>
  events.flatMap((event) =>
    codesOf.flatMap((field): Asked[] => [
      [`a code, ${event}, ${field}`, 200, sendCode(event, field)],
      [`an answer, ${event}, ${field}`, 400, answerCode(event, field)],
      [`the page ${pageOf[event]}, ${field}`, 200, onPage(pageOf[event], field)],
      [`an answer on the page ${pageOf[event]}, ${field}`, 200, withCode(pageOf[event], '', field)],
      [`another code on the page ${pageOf[event]}, ${field}`, 200, withCode(pageOf[event], '/resend', field)],
      [`a code elsewhere on the page ${pageOf[event]}, ${field}`, 200, withCode(pageOf[event], '/instead', field)],
    ]),
  );

const others = all.flatMap((field): Asked[] => [
  [`a password, ${field}`, 422, typePassword(field)],
  [`a password on its page, ${field}`, 200, onPage('sign-in/password', field)],
  [`a hint in the request, ${field}`, 200, async (names) => hinted(names[field])],
]);

/** A sign-in that an application begins for somebody. */
function hinted(hint: string): () => Promise<Response> {
  return async () => {
    const client = await beginExperience(server, relier, { parameters: { login_hint: hint } });
    return client.browser.send(`${server.publicUrl}/sign-in?flow=${client.flow}`);
  };
}

/** What a process looks for once a second, whoever asks, falls to one request or the other. */
const isOfWho = (statement: string) => !statement.includes('held_stamps');

describe.each([
  {
    where: 'where everybody may sign up',
    policy: open,
    asks: [...asksOf('SignIn', 'Register', 'ForgotPassword'), ...others],
  },
  // Nothing is sent to what is nobody's there.
  { where: 'where nobody may sign up', policy: closed, asks: asksOf('SignIn') },
])('$where', ({ policy, asks }) => {
  beforeAll(async () => {
    expect(await server.management.patch('/sign-in-exp', policy)).toMatchObject({ status: 200 });
    // The first to ask reads what is held from then on.
    for (const ask of [onPage('sign-in', 'phone'), onPage('sign-in', 'email')]) await (await ask(newNames()))();
  });

  test.each(asks)('%s (%i): what is done and answered tells nobody who has an account', async (_, status, ask) => {
    const during = listenToStatements();
    async function seen(names: Names) {
      const work = await ask(names);
      await server.services.store.flush();
      let reply: Response | undefined;
      const statements = await during(async () => {
        reply = await work();
        await server.services.store.flush();
      });
      return { statements: statements.filter(isOfWho).toSorted(), shape: reply && (await shapeOf(reply, names)) };
    }
    const account = newNames();
    const { phone: primaryPhone, email: primaryEmail, username } = account;
    await server.services.users.create({ username, primaryPhone, primaryEmail, passwordDigest });
    // The first of all reads what is held from then on.
    await seen(newNames());
    const unknown = await seen(newNames());
    expect(unknown).toMatchObject({ shape: { status } });
    expect(unknown.statements.length).toBeGreaterThan(0);
    expect(await seen(account)).toEqual(unknown);
  });
});

test('a password in the Console tells nobody which administrators there are', async () => {
  const during = listenToStatements();
  const signIn = async (username: string) => {
    let status = 0;
    const statements = await during(async () => {
      const reply = await fetch(`${server.baseUrl}/api/console/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username, password: 'open barley' }),
      });
      ({ status } = reply);
    });
    return { status, statements: statements.filter(isOfWho).toSorted() };
  };
  await signIn('cassim');
  expect(await signIn('morgiana')).toEqual(await signIn('cassim'));
});
