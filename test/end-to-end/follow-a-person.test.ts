import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginImport } from '../../packages/server/src/accounts/import/import-users.ts';
import type { Client } from '../../packages/server/src/protection/client.ts';
import { strangerFrom } from '../setup/clients.ts';
import { beginExperience, newServerRelier } from '../setup/experience-client.ts';
import type { Relier } from '../setup/oidc-flow.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { databases } from '../setup/stores.ts';
import type { UserAgent } from '../setup/user-agent.ts';

const day = 24 * 60 * 60_000;

describe.each(databases)('following one person, on %s', (database) => {
  let server: TestServer;
  let relier: Relier;
  beforeAll(async () => {
    server = await newServer(database);
    relier = await newServerRelier(server);
  });
  afterAll(() => server.close());

  const get = async (path: string) => (await server.management.get(path)).body;

  /** Signs in by a code, or up where nobody has the number. @returns the id of the user, and the browser */
  async function signIn(phone: string, browser?: UserAgent): Promise<{ id: string; browser: UserAgent }> {
    const client = await beginExperience(server, relier, browser ? { browser, parameters: { prompt: 'login' } } : {});
    const identifier = { type: 'phone', value: phone };
    const sent = await client.call('POST', '/verification/verification-code', {
      identifier,
      interactionEvent: 'SignIn',
    });
    const { verificationId } = sent.body;
    const [{ code }] = await get(`/development-inbox?phone=${encodeURIComponent(phone)}`);
    await client.call('POST', '/verification/verification-code/verify', { identifier, verificationId, code });
    const identified = await client.call('POST', '/identification', { verificationId });
    if (identified.status === 404) {
      await client.call('PUT', '/interaction-event', { interactionEvent: 'Register' });
      await client.call('POST', '/identification', { verificationId });
    }
    const tokens = await client.finish((await client.call('POST', '/submit')).body.redirectTo);
    server.advance(61_000);
    return { id: tokens.claims()?.sub ?? '', browser: client.browser };
  }

  test('sign-ins say when, for which application, how and from where', async () => {
    const { id, browser } = await signIn('+8613926837155');
    await signIn('+8613926837155', browser);
    const signIns = await get(`/users/${id}/sign-ins`);
    const shop = { id: expect.any(String), name: 'Shop' };
    expect(signIns).toMatchObject([
      { event: 'SignIn', method: 'code', application: shop, network: '127.0.0.0/24' },
      { event: 'Register', method: 'code', application: shop },
    ]);
    const kept = await relier.start({});
    await browser.visit(kept.url);
    await browser.visit((await relier.start({ prompt: 'none' })).url);
    const all = await get(`/users/${id}/sign-ins`);
    expect(all).toMatchObject([{ event: 'SignIn', method: 'session', application: shop }, {}, {}]);
    expect(all).toHaveLength(3);
    expect(await get(`/users/${id}/devices`)).toHaveLength(1);
    expect(signIns[0].at).toBeGreaterThan(signIns[1].at);
    const page = await server.management.get(`/users/${id}/sign-ins?page_size=1`);
    expect(page.body).toHaveLength(1);
    expect((await server.management.get('/users/nobody/sign-ins')).status).toBe(404);
  });

  test('a browser is known once, until it is forgotten, the sessions end, or 180 days have passed', async () => {
    const first = await signIn('+8613926837156');
    const { id } = first;
    await signIn('+8613926837156', first.browser);
    await signIn('+8613926837156');
    const devices = async () => get(`/users/${id}/devices`);
    const known = await devices();
    expect(known).toHaveLength(2);
    const client = { address: '203.0.113.9', marks: [mark(id, known[1].id)] };
    const typed = { type: 'user', field: 'id', value: id } as const;
    expect(await server.services.devices.find(client, typed)).toBe(known[1].id);

    expect((await server.management.delete(`/users/${id}/devices/${known[1].id}`)).status).toBe(204);
    expect((await server.management.delete(`/users/${id}/devices/${known[1].id}`)).status).toBe(404);
    expect(await devices()).toEqual([known[0]]);
    expect(await server.services.devices.find(client, typed)).toBeUndefined();
    const other = { ...client, marks: [mark(id, known[0].id)] };
    expect(await server.services.devices.find(other, typed)).toBe(known[0].id);

    const { sessions } = await get(`/users/${id}/sessions`);
    expect(sessions).toHaveLength(2);
    expect((await server.management.delete(`/users/${id}/sessions`)).status).toBe(204);
    expect((await get(`/users/${id}/sessions`)).sessions).toEqual([]);
    expect(await devices()).toEqual([]);
  });

  test('sessions in the shape of Logto, without what is in the cookie; one of them ends', async () => {
    const { id } = await signIn('+8613926837157');
    await signIn('+8613926837157');
    const { sessions } = await get(`/users/${id}/sessions`);
    expect(sessions[0]).toMatchObject({
      payload: { kind: 'Session', accountId: id, loginTs: expect.any(Number), exp: expect.any(Number) },
      lastSubmission: null,
      accountId: id,
      clientId: sessions[0].applications[0].id,
      applications: [{ name: 'Shop' }],
    });
    const { uid, jti } = sessions[0].payload;
    expect(jti).toBe(uid);
    expect(await get(`/users/${id}/sessions/${uid}`)).toEqual(sessions[0]);
    expect((await server.management.delete(`/users/${id}/sessions/${uid}?revokeGrantsTarget=all`)).status).toBe(204);
    expect((await server.management.delete(`/users/${id}/sessions/${uid}`)).status).toBe(404);
    expect((await get(`/users/${id}/sessions`)).sessions).toMatchObject([
      { payload: { uid: sessions[1].payload.uid } },
    ]);
    expect((await server.management.get(`/users/other/sessions/${uid}`)).status).toBe(404);
  });

  test('the history of a number says when and by whom, and goes with the user', async () => {
    const { id } = await signIn('+8613926837158');
    await server.management.patch(`/users/${id}`, { primaryPhone: '+8613926837159' });
    await server.management.patch(`/users/${id}`, { primaryPhone: '+8613926837159', name: 'Ali' });
    const ownChange = { primaryPhone: null };
    const user = await server.services.users.get(id);
    await server.services.users.changeIdentifiers(user, ownChange, { provenAt: Date.now() + day });
    expect(await get(`/users/${id}/phone-history`)).toMatchObject([
      { phoneBefore: '+8613926837159', phone: null, by: { type: 'user', id } },
      { phoneBefore: '+8613926837158', phone: '+8613926837159', by: { type: 'application', name: expect.any(String) } },
    ]);
    await server.management.delete(`/users/${id}`);
    const { db } = server.services.store;
    for (const table of ['phone_changes', 'email_changes', 'sign_ins'] as const) {
      expect(await db.selectFrom(table).select('id').where('user_id', '=', id).execute()).toEqual([]);
    }
  });

  test('the history of an address says when and by whom, and goes with the user', async () => {
    const { body: made } = await server.management.post('/users', { primaryEmail: 'Ali@example.com' });
    const { id } = made;
    await server.management.patch(`/users/${id}`, { primaryEmail: 'ali@example.com' });
    await server.management.patch(`/users/${id}`, { primaryEmail: 'ali@example.com', name: 'Ali' });
    const { users, store, platform, secretKeys } = server.services;
    await users.changeIdentifiers(await users.get(id), { primaryEmail: null }, { provenAt: Date.now() + day });
    await users.add(id, { primaryEmail: 'baba@example.com' }, { provenAt: Date.now() + day, alongside: [] });
    const run = beginImport({ store, platform, secretKeys }, { upsert: true, dryRun: false });
    const line = { line: 1, user: { id, primaryEmail: 'morgiana@example.com' } };
    expect(await run.take([line])).toMatchObject([{ status: 'updated' }]);
    run.close();
    const user = { type: 'user', id };
    const application = { type: 'application', name: expect.any(String) };
    expect(await get(`/users/${id}/email-history`)).toMatchObject([
      { emailBefore: 'baba@example.com', email: 'morgiana@example.com', by: { type: 'server', id: 'import' } },
      { emailBefore: null, email: 'baba@example.com', by: user },
      { emailBefore: 'ali@example.com', email: null, by: user },
      { emailBefore: 'Ali@example.com', email: 'ali@example.com', by: application },
    ]);
    expect(await get(`/users/${id}/phone-history`)).toEqual([]);
    expect((await server.management.get('/users/other/email-history')).status).toBe(404);
    await server.management.delete(`/users/${id}`);
    expect(await store.db.selectFrom('email_changes').select('id').where('user_id', '=', id).execute()).toEqual([]);
  });

  test('says what keeps a number from codes, until it is unlocked', async () => {
    const phone = '+8613926837160';
    const { body: user } = await server.management.post('/users', { primaryPhone: phone, password: 'open sesame' });
    const access = () => get(`/users/${user.id}/access`);
    expect(await access()).toEqual({
      isSuspended: false,
      hasPassword: true,
      passwordSetAt: expect.any(Number),
      secondLock: { wrong: 0, blocked: [] },
      passwordLock: { wrong: 0, maxWrong: 20, blocked: [] },
      lock: { failures: 0, maxFailures: 100, isLocked: false, blocked: [], messages: [] },
      emailLock: null,
      otherLocks: [],
    });
    await server.management.post('/verification-codes', { phone });
    expect((await access()).lock.messages).toMatchObject([{ caller: 'back-end', sent: 1, nextAt: null }]);
    const failed = { recipient: phone, last_check_id: '', updated_at: Date.now() };
    await server.services.store.db
      .insertInto('verification_failures')
      .values([
        { ...failed, counter: 'all', failures: 100, blocked_until: 0 },
        { ...failed, counter: 'strangers', failures: 80, blocked_until: 0 },
        { ...failed, counter: 'device:1', failures: 20, blocked_until: Date.now() + day },
      ])
      .execute();
    expect((await access()).lock).toMatchObject({
      failures: 100,
      isLocked: true,
      blocked: expect.arrayContaining([
        { caller: 'strangers', until: null },
        { caller: 'known-browser', until: expect.any(Number) },
      ]),
    });
    await server.management.post('/verification-codes/unlock', { phone });
    expect((await access()).lock).toMatchObject({ failures: 0, isLocked: false, blocked: [] });
  });

  test('says what keeps a password from being taken, until the user is unlocked', async () => {
    const [phone, email, password] = ['+8613926837161', 'Guessed@example.com', 'open sesame'];
    const { users, devices, signIns } = server.services;
    const { id } = await users.create({ username: 'guessed', primaryPhone: phone, primaryEmail: email, password });
    const stranger = strangerFrom('203.0.113.77');
    const device = 'a browser of theirs';
    const known = { ...stranger, marks: [{ type: 'user', id, device, since: Date.now() }] } as const;
    await signIns.record({
      ...{ userId: id, applicationId: 'account', event: 'SignIn', method: 'password' },
      ...{ client: stranger, userAgent: undefined, device },
    });
    expect(await devices.find(known, { type: 'user', field: 'username', value: 'guessed' })).toBe(device);
    const names = [{ username: 'guessed' }, { phone }, { email }] as const;
    const guess = (name: (typeof names)[number], typed = 'open barley', client: Client = stranger) =>
      users.findByPassword(name, { password: typed, client }).then(
        (user) => user?.id ?? 'wrong',
        ({ code }) => code,
      );
    for (let index = 0; index < 20; index += 1) await guess({ email }, 'open barley', known);
    for (let index = 0; index < 20; index += 1) await guess(names[index % 2] as (typeof names)[number]);
    expect(await guess({ phone }, password)).toBe('wrong');
    const until = expect.any(Number);
    const lock = async () => (await get(`/users/${id}/access`)).passwordLock;
    expect(await lock()).toEqual({
      wrong: 20,
      maxWrong: 20,
      blocked: [
        { caller: 'strangers', at: 'account', until },
        { caller: 'known-browser', at: 'primaryEmail', until },
      ],
    });
    for (let index = 0; index < 10; index += 1) await guess({ username: 'guessed' });
    expect((await lock()).blocked).toContainEqual({ caller: 'strangers', at: 'username', until });

    expect(await server.management.post(`/users/${id}/unlock`)).toMatchObject({ status: 204 });
    expect(await lock()).toEqual({ wrong: 0, maxWrong: 20, blocked: [] });
    for (const name of names) expect(await guess(name, password)).toBe(id);
    expect(await guess({ email }, password, known)).toBe(id);
    expect((await server.management.post('/users/nobody/unlock')).status).toBe(404);
    await users.delete(id);
  });

  test('a message leads to its user, and a user to the messages', async () => {
    const { body: user } = await server.management.post('/users', { primaryPhone: '+4915123456789' });
    await server.management.post('/verification-codes', { phone: '+4915123456789' });
    const [message] = await get(`/messages?userId=${user.id}`);
    expect(message.recipient).toBe('+4915123456789');
    expect((await get(`/messages/${message.id}`)).userId).toBe(user.id);
    const { body: nameless } = await server.management.post('/users', { username: 'nameless' });
    expect(await get(`/messages?userId=${nameless.id}`)).toEqual([]);
    expect((await server.management.get('/messages?userId=nobody')).status).toBe(404);
  });

  test('the end of a number may begin with zeros', async () => {
    const phone = '+8613926800110';
    const { body: user } = await server.management.post('/users', { primaryPhone: phone });
    await server.management.post('/verification-codes', { phone });
    for (const typed of ['00110', '0110', '800110']) {
      const found = await get(`/search?q=${typed}`);
      expect({ typed, ...found }).toMatchObject({ typed, users: [{ id: user.id }], messages: [{ recipient: phone }] });
      expect(await get(`/users?search=${typed}`)).toMatchObject([{ id: user.id }]);
      expect(await get(`/messages?search=${typed}`)).toMatchObject([{ recipient: phone }]);
    }
  });

  test('one box finds people by what is typed', async () => {
    const { body: user } = await server.management.post('/users', {
      primaryPhone: '+4915223456780',
      name: 'Käthe Müller',
      username: 'kaethe',
    });
    await server.management.post('/verification-codes', { phone: '+4915223456780' });
    await server.management.post('/verification-codes', { phone: '+8613928933194' });
    const search = async (typed: string) => get(`/search?q=${encodeURIComponent(typed)}`);
    const listed = async (list: string, typed: string) => get(`/${list}?search=${encodeURIComponent(typed)}`);
    const whole = ['+4915223456780', '4915223456780', '0049 152 23456780', '0152 234 567 80', '+49 (0)152 23456780'];
    const starts = ['+49152', '0049152', '0152 23', '(0) 152-234'];
    const others = ['6780', '٦٧٨٠', '０１５２ ２３４ ５６７ ８０', ' \u202d0152\u00a023456780\u202c\n'];
    const parts = [...whole, ...starts, ...others];
    for (const typed of [...parts, '22345', 'käthe', 'KATHE', 'müll', 'kaethe', user.id, ` ${user.id}\n`]) {
      expect({ typed, ...(await search(typed)) }).toMatchObject({ typed, users: [{ id: user.id }] });
    }
    for (const typed of [...parts, 'käthe', user.id]) {
      expect({ typed, found: await listed('users', typed) }).toMatchObject({ typed, found: [{ id: user.id }] });
    }
    for (const typed of [...parts, '22345']) {
      const message = { recipient: '+4915223456780' };
      expect({ typed, ...(await search(typed)) }).toMatchObject({ typed, messages: [message] });
      expect({ typed, found: await listed('messages', typed) }).toMatchObject({ typed, found: [message] });
    }
    for (const typed of ['13928933194', '139 2893 3194', '３１９４']) {
      expect({ typed, ...(await search(typed)) }).toMatchObject({ messages: [{ recipient: '+8613928933194' }] });
    }
    const { messages } = await search('13928933194');
    expect(await search(messages[0].id)).toMatchObject({ users: [], messages: [{ id: messages[0].id }] });
    const { applications } = await search('sho');
    expect(applications).toMatchObject([{ name: 'Shop', type: 'SPA' }]);
    for (const typed of ['ＳＨＯＰ', 'shóp', `${applications[0].id}\n`]) {
      expect({ typed, ...(await search(typed)) }).toMatchObject({ typed, applications: [{ name: 'Shop' }] });
    }
    expect(await search(`\u200b${messages[0].id.toUpperCase()} `)).toMatchObject({
      messages: [{ id: messages[0].id }],
    });
    for (const typed of ['%', '_', '\\', "'", '99999999']) {
      expect({ typed, ...(await search(typed)) }).toEqual({
        typed,
        users: [],
        messages: [],
        applications: [],
        mayBeMore: false,
      });
    }
    for (const nothing of ['%20', '%00x']) {
      expect((await server.management.get(`/search?q=${nothing}`)).status).toBe(400);
    }
  });
});

const mark = (id: string, device: string) => ({ type: 'user' as const, id, device, since: Number.POSITIVE_INFINITY });
