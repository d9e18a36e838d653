import { ConnectorError, type ParsedPhone, parsePhone } from '@sesame/connector-kit';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { ApiError } from '../../packages/server/src/errors.ts';
import type { SignInExperienceChange } from '../../packages/server/src/experience/sign-in-experience.ts';
import {
  keyed,
  type Recipient,
  readRecipient,
  recipientOfPhone,
} from '../../packages/server/src/messaging/recipient.ts';
import type { Client } from '../../packages/server/src/protection/client.ts';
import { addSuppression } from '../../packages/server/src/store/suppressions.ts';
import { knownBrowser, strangerFrom } from '../setup/clients.ts';
import { stopClock } from '../setup/clock.ts';
import { beginExperience, type ExperienceClient, newServerRelier } from '../setup/experience-client.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { databases } from '../setup/stores.ts';
import { newUserAgent, type UserAgent } from '../setup/user-agent.ts';

const limited = { code: 'request.message_rate_limited' };
const half = 30_000;

describe.each(databases)('nobody is locked out by strangers on %s', (database) => {
  let server: TestServer;
  let phone: string;
  beforeAll(async () => {
    server = await newServer(database);
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    phone = newPhone();
    server.advance(3_600_000);
    await change({ messageRateLimitPolicy: { maxSendsTotal: null } });
  });

  const change = (values: SignInExperienceChange) => server.services.experience.change(values);
  const stranger = strangerFrom('203.0.113.9');
  const parsed = (text: string) => parsePhone(text) as ParsedPhone;
  /** Asks for a code as a flow does. @returns `sent`, or the code of the refusal */
  const ask = (to: string, client: Client | undefined, flow: object = {}): Promise<string> =>
    server.services.verification
      .start({ recipient: recipientOfPhone(parsed(to)), usageType: 'SignIn', flow: 'flow', client, ...flow })
      .then(
        () => 'sent',
        ({ code }) => code,
      );
  const askInVain = (to: string, client: Client) => ask(to, client, { isDiscreet: true, isSuppressed: true });
  const answer = (code: string, client: Client | undefined) =>
    server.services.verification.answer({ recipient: keyed(phone), flow: 'flow', code, client });
  const count = async (asked: Promise<string>[]) => (await Promise.all(asked)).filter((one) => one === 'sent').length;
  /** Digits that are not the pending code. */
  const wrongCode = () => (messagesTo(phone)[0]?.code === '000000' ? '000001' : '000000');
  const messagesTo = (to: string) => server.services.inbox.messages(to);
  async function ownerOf(number: string): Promise<Client> {
    const { id } = await server.services.users.create({ primaryPhone: number });
    return knownBrowser(server.services.devices, { type: 'user', id }, stranger.address);
  }

  test('one send each half minute keeps strangers from the codes of a number, not its owner', async () => {
    const owner = await ownerOf(phone);
    for (let sends = 0; sends < 10; sends += 1) {
      expect(await ask(phone, stranger)).toBe('sent');
      expect(await ask(phone, owner)).toBe('sent');
      expect(await ask(phone, owner), 'its own wait holds').toBe(limited.code);
      server.advance(half);
    }
    expect(await ask(phone, strangerFrom('198.51.100.3'))).toBe(limited.code);
    expect(await ask(phone, owner), 'its own ten are used').toBe(limited.code);
    expect(await ask(phone, undefined), 'back ends have theirs').toBe('sent');
  });

  test('however many browsers a number is known to, all of them together get twice as many messages as one', async () => {
    const owner = await ownerOf(phone);
    const { id } = owner.marks[0] ?? expect.fail('no mark');
    const browsers = Array.from({ length: 40 }, (_, index) =>
      knownBrowser(server.services.devices, { type: 'user', id }, `10.${index}.0.1`),
    );
    expect(await count(browsers.map((browser) => ask(phone, browser)))).toBe(20);
  });

  test('a network that strangers have used up leaves room for those who are known', async () => {
    const owner = await ownerOf(phone);
    expect(await count(Array.from({ length: 60 }, () => ask(newPhone(), stranger)))).toBe(50);
    expect(await ask(phone, stranger)).toBe(limited.code);
    expect(await ask(phone, owner)).toBe('sent');
  });

  test('24 wrong answers of strangers make strangers wait, not the owner', async () => {
    const owner = await ownerOf(phone);
    await ask(phone, owner);
    for (let answers = 0; answers < 24; answers += 1) {
      if (answers % 8 === 0) await ask(phone, undefined);
      await answer(wrongCode(), stranger).catch(() => {});
    }
    const code = messagesTo(phone)[0]?.code ?? '';
    await expect(answer(code, stranger)).rejects.toMatchObject({ data: { locked: false } });
    await answer(code, owner);
  });

  test('the limit on all messages holds, strangers never take the last of it, and what is kept secret shows nowhere', async () => {
    const owner = await ownerOf(phone);
    await change({ messageRateLimitPolicy: { maxSendsTotal: 20 } });
    const asking = (number: string, index: number, flow = {}) => ask(number, strangerFrom(`10.2.${index}.1`), flow);
    const numbers = Array.from({ length: 30 }, newPhone);
    expect(await count(numbers.map((number, index) => asking(number, index)))).toBe(18);
    // Nor do those whom a back end passes on.
    expect(await ask(newPhone(), undefined)).toBe('sent');
    expect(await ask(newPhone(), undefined)).toBe(limited.code);
    expect(await ask(phone, owner)).toBe('sent');
    const other = newPhone();
    expect(await ask(other, await ownerOf(other))).toBe(limited.code);

    // Where nobody may learn whether a number has an account, both get the same answer, before and after the limit.
    const secret = Array.from({ length: 40 }, newPhone);
    const replies = await Promise.all(
      secret.map((number, index) => asking(number, 50 + index, { isDiscreet: true, isSuppressed: index % 4 === 0 })),
    );
    expect(new Set(replies)).toEqual(new Set(['sent']));
    await server.services.messaging.drain();
    expect(secret.filter((number) => messagesTo(number).length > 0)).toHaveLength(20);
    const { messages } = await server.services.store.db
      .selectFrom('messages')
      .select((row) => row.fn.countAll<number>().as('messages'))
      .where('recipient', 'in', secret)
      .where('state', '=', 'suppressed')
      .executeTakeFirstOrThrow();
    expect(messages).toBe(20);
  });

  test('what does not go out uses up nothing of what is sent in all', async () => {
    const { factory } = (await server.services.connectors.live('Sms')) ?? {};
    if (!factory) expect.fail('no connector');
    await change({ messageRateLimitPolicy: { maxSendsTotal: 10 } });
    const noPhone = new ConnectorError({ kind: 'recipient', message: 'There is no such number.' });
    const refusing = vi.spyOn(factory, 'sendMessage').mockRejectedValue(noPhone);
    onTestFinished(() => refusing.mockRestore());
    const refused = Array.from({ length: 8 }, (_, index) => ask(newPhone(), strangerFrom(`10.5.${index}.1`)));
    expect(new Set(await Promise.all(refused))).toEqual(new Set(['connector.general']));
    const discreet = Array.from({ length: 10 }, () => ask(newPhone(), stranger, { isDiscreet: true }));
    expect(await count(discreet)).toBe(10);
    await server.services.messaging.drain();
    // What may have gone out after all keeps its place.
    refusing.mockRejectedValueOnce(new ConnectorError({ kind: 'unclear', message: 'No answer.' }));
    expect(await ask(newPhone(), stranger)).not.toBe('sent');
    refusing.mockRestore();
    expect(await count(Array.from({ length: 10 }, () => ask(newPhone(), stranger)))).toBe(8);
    expect(await ask(phone, stranger, { isDiscreet: true })).toBe('sent');
    await server.services.messaging.drain();
    expect(messagesTo(phone)).toHaveLength(1);
  });

  // What follows is decided whatever the database.
  if (database !== 'SQLite') return;

  test('mails to suppressed addresses use up nothing of what is sent in all', async () => {
    await change({ messageRateLimitPolicy: { maxSendsTotal: 10 } });
    const gone = 'gone@example.com';
    const error = JSON.stringify({ kind: 'recipient', message: 'There is no such mailbox.' });
    const created_at = server.services.platform.now();
    await addSuppression(server.services.store, { id: gone, recipient: gone, error, message_id: null, created_at });
    const asking = (to: string, index: number) =>
      ask(phone, strangerFrom(`10.6.${index}.1`), { recipient: readRecipient(to) as Recipient });
    for (let asked = 0; asked < 9; asked += 1) {
      expect(await asking(gone, asked)).toBe('connector.general');
      server.advance(half);
    }
    expect(await asking('ali@example.com', 50)).toBe('sent');
  });

  test.each([
    ['300 /64s of one /48', (index: number) => `2001:db8:7:${index.toString(16)}::1`],
    ['a /24', (index: number) => `192.0.2.${index % 256}`],
  ])('%s share an allowance', async (_, addressOf) => {
    const asked = Array.from({ length: 300 }, (_, index) => ask(newPhone(), strangerFrom(addressOf(index))));
    expect(await count(asked)).toBe(200);
  });

  test('a code that was used ends the wait for the next one', async () => {
    expect(await ask(phone, stranger)).toBe('sent');
    const elsewhere = strangerFrom('198.51.100.4');
    expect(await ask(phone, elsewhere)).toBe(limited.code);
    await expect(answer(wrongCode(), stranger)).rejects.toMatchObject({ code: 'verification_code.code_mismatch' });
    expect(await ask(phone, elsewhere)).toBe(limited.code);
    await answer(messagesTo(phone)[0]?.code ?? '', stranger);
    expect(await ask(phone, elsewhere)).toBe('sent');
    expect(await ask(phone, stranger)).toBe(limited.code);
  });

  test('500 unknown numbers from ten networks use up nothing of what is sent in all', async () => {
    await change({ messageRateLimitPolicy: { maxSendsTotal: 500 } });
    const from = (index: number) => strangerFrom(`10.1.${index % 10}.1`);
    expect(await count(Array.from({ length: 500 }, (_, index) => askInVain(newPhone(), from(index))))).toBe(500);
    expect(await ask(phone, strangerFrom('198.51.100.5'))).toBe('sent');
    expect(messagesTo(phone)).toHaveLength(1);
  });
});

describe('the cookie of a browser that has signed in', () => {
  let server: TestServer;
  const origin = () => ({ [server.publicUrl]: server.baseUrl });
  beforeAll(async () => {
    server = await newServer('SQLite', { env: { SESAME_TRUSTED_PROXIES: 'loopback' } });
  });
  afterAll(() => server.close());

  const identifier = { type: 'username', value: 'ali' };
  const typePassword = (client: ExperienceClient, password: string) =>
    client.call('POST', '/verification/password', { identifier, password });
  async function signIn(browser: UserAgent): Promise<string[]> {
    const client = await beginExperience(server, await newServerRelier(server), { browser });
    const { body } = await typePassword(client, 'open sesame');
    await client.call('POST', '/identification', { verificationId: body.verificationId });
    const { headers } = await client.call('POST', '/submit');
    return headers.getSetCookie().filter((header) => header.startsWith('sesame_device='));
  }

  test('is set at the end of a sign-in, and opens a counter of its own', async () => {
    stopClock();
    await server.services.users.create({ username: 'ali', password: 'open sesame' });
    const browser = newUserAgent(origin());
    const [header = '', ...others] = await signIn(browser);
    expect(others).toEqual([]);
    expect(header).toMatch(/; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax$/);
    const before = browser.cookies().sesame_device;

    const stranger = await beginExperience(server, await newServerRelier(server));
    for (let guesses = 0; guesses < 20; guesses += 1) {
      expect(await typePassword(stranger, 'open barley')).toMatchObject({ status: 422 });
    }
    expect(await typePassword(stranger, 'open sesame')).toMatchObject({ status: 429 });
    await signIn(browser);
    expect(browser.cookies().sesame_device).not.toBe(before);
  });

  test('lets its browser begin sign-ins and choose a password in a network that strangers have used up', async () => {
    const { id } = await server.services.users.create({ username: 'ali_of_the_office', password: 'open sesame' });
    const value = server.services.devices.mark(strangerFrom('127.0.0.1'), { type: 'user', id });
    const browser = newUserAgent(origin(), [{ name: 'sesame_device', value, path: '/' }]);
    const relier = await newServerRelier(server);
    const stranger = await beginExperience(server, relier);
    await stranger.call('PUT', '', { interactionEvent: 'Register' });
    const choose = async (password: string) =>
      (await stranger.call('POST', '/profile', { type: 'password', value: password })).status;
    const busy = new ApiError('system.busy', { retryAfterSeconds: 2 });
    vi.spyOn(server.services.users, 'digestPassword').mockRejectedValueOnce(busy);
    expect(await choose('a cave full of gold')).toBe(503);
    for (let chosen = 0; chosen < 50; chosen += 1) expect(await choose(`a cave full of gold ${chosen}`)).toBe(204);
    // Nor is a password looked at any more.
    expect(await choose('short')).toBe(429);
    const client = { address: '127.0.0.1', marks: [] };
    const access = { userId: id, subject: 'session:1', scopes: undefined, client };
    const prove = (password: string) => server.services.account.checkPassword(access, password);
    let personId = await prove('open sesame');
    const renamed = await server.services.account.update(access, { username: 'ali_of_the_bazaar' }, personId);
    expect(renamed.username).toBe('ali_of_the_bazaar');
    personId = await prove('open sesame');
    const change = (password: string) => server.services.account.setPassword(access, { personId, password });
    vi.spyOn(server.services.users, 'isPassword').mockRejectedValueOnce(busy);
    await expect(change('open cave of gold')).rejects.toBe(busy);
    await change('open cave of gold');
    personId = await prove('open cave of gold');
    for (let more = 2; more < 50; more += 1) {
      await server.services.networks.charge('profile', client, { isKnown: true });
    }
    await expect(change('short')).rejects.toMatchObject({ code: 'request.sign_in_rate_limited' });

    const begin = async (agent: UserAgent) => (await agent.send((await relier.start()).url.href)).status;
    const strangers = newUserAgent(origin());
    let status = 303;
    for (let begun = 0; begun < 310 && status === 303; begun += 1) status = await begin(strangers);
    expect([status, await begin(browser)]).toEqual([429, 303]);
    const { url } = await relier.start();
    const told = await strangers.send(url.href, { headers: { accept: 'application/json' } });
    expect([told.status, Number(told.headers.get('retry-after')) > 800]).toEqual([429, true]);

    const leaving = await strangers.send(`${server.publicUrl}/oidc/session/end`, { headers: { accept: 'text/html' } });
    expect([leaving.status, leaving.headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8']);
    expect(Number(leaving.headers.get('retry-after'))).toBeGreaterThan(800);
    expect(server.logged).toEqual([]);
    server.advance(16 * 60_000);
  });

  test('is set by the hosted pages as well, beside what the browser has', async () => {
    const [ali, marjana] = ['ali_of_pages', 'marjana_of_pages'];
    const browser = newUserAgent(origin());
    for (const username of [ali, marjana]) {
      await server.services.users.create({ username, password: 'open sesame' });
      const { url } = await (await newServerRelier(server)).start();
      const page = await browser.visit(url);
      const flow = page.url.searchParams.get('flow') ?? '';
      const action = `${server.publicUrl}/sign-in/password?flow=${flow}`;
      const html = await (await browser.send(action)).text();
      const [, csrf = ''] = /name="csrf" value="([\w-]+)"/.exec(html) ?? [];
      const form = { flow, csrf, identifier: username, password: 'open sesame' };
      const answered = await browser.send(action, { method: 'POST', body: new URLSearchParams(form) });
      expect(answered.headers.get('location')).toContain('/oidc/auth/');
    }
    const marks = server.services.devices.read(browser.cookies().sesame_device);
    const client = { address: '192.0.2.1', marks };
    for (const value of [ali, marjana]) {
      expect(await server.services.devices.find(client, { type: 'user', field: 'username', value })).toBeDefined();
    }
  });

  test('is set by the Console, too: five networks lock no administrator out', async () => {
    stopClock();
    await server.services.administrators.seedFirst({ username: 'morgiana', password: 'open sesame' });
    const browser = newUserAgent(origin());
    const signInToConsole = (password: string, address: string, agent = newUserAgent(origin())) =>
      agent.send(`${server.publicUrl}/api/console/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
        body: JSON.stringify({ username: 'morgiana', password }),
      });
    expect((await signInToConsole('open sesame', '192.0.2.1', browser)).status).toBe(204);
    for (let guesses = 0; guesses < 50; guesses += 1) {
      expect((await signInToConsole('open barley', `10.3.${guesses % 5}.1:${guesses}`)).status).toBe(422);
    }
    expect((await signInToConsole('open sesame', '192.0.2.2')).status).toBe(429);
    expect((await signInToConsole('open sesame', '10.3.1.1', browser)).status).toBe(204);
  });
});

test('a message that must not show begins at a moment that nobody can guess, and a stop waits for it', async () => {
  const waits: number[] = [];
  let moment = Promise.withResolvers<void>();
  const server = await newServer('SQLite', {
    platform: {
      randomInt: (limit) => limit - 1,
      sleep: (milliseconds) => {
        waits.push(milliseconds);
        return moment.promise;
      },
    },
  });
  onTestFinished(() => server.close());
  const { verification, inbox, messaging, experience } = server.services;
  await experience.change({ messageRateLimitPolicy: { maxSendsTotal: 500 } });
  const phone = newPhone();
  const recipient = recipientOfPhone(parsePhone(phone) as ParsedPhone);
  const second = recipientOfPhone(parsePhone(newPhone()) as ParsedPhone);
  const client = strangerFrom('203.0.113.9');
  await verification.start({ recipient, usageType: 'ForgotPassword', flow: 'flow', client, isDiscreet: true });
  expect(waits).toEqual([999]);
  expect(inbox.messages(phone)).toEqual([]);
  const drained = messaging.drain();
  moment.resolve();
  await drained;
  expect(inbox.messages(phone)).toHaveLength(1);

  // One that waits for a database that has gone silent is not on its way: a stop breaks that off.
  const { store } = server.services;
  const { atomically } = store;
  const silence = Promise.withResolvers<never>();
  const asked = Promise.withResolvers<void>();
  moment = Promise.withResolvers();
  await verification.start({ recipient: second, usageType: 'ForgotPassword', flow: 'flow', client, isDiscreet: true });
  store.atomically = () => {
    asked.resolve();
    return silence.promise;
  };
  moment.resolve();
  await asked.promise;
  await messaging.drainSends();
  silence.reject(new Error('broken off'));
  await messaging.drainPreparations();
  store.atomically = atomically;
  await messaging.drain();
  expect(inbox.messages(second.key)).toEqual([]);
});
