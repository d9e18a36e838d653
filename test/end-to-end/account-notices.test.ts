import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createNotices } from '../../packages/server/src/notices/notices.ts';
import { countVerification } from '../../packages/server/src/store/verification-figures.ts';
import { twilioError } from '../doubles/twilio.ts';
import { beginExperience, newServerRelier } from '../setup/experience-client.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { databases } from '../setup/stores.ts';
import { identify, restart, send, submit, verify } from './experience-rig.ts';
import { type Provider, startAliyun, startTwilio } from './providers.ts';

let people = 0;

describe.each(databases)('an owner is told on %s', (database) => {
  let server: TestServer;
  let [email, phone, id, username] = ['', '', '', ''];
  beforeAll(async () => {
    server = await newServer(database);
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    people += 1;
    [email, phone, username] = [`ali.${people}@example.com`, newPhone(), `ali_${people}`];
    await setting({ email: true, sms: false });
  });

  const setting = async (accountNotices: object) =>
    expect(await server.management.patch('/sign-in-exp', { accountNotices })).toMatchObject({ status: 200 });
  const newUser = async (fields: object = { primaryEmail: email, primaryPhone: phone }) => {
    ({ id } = await server.services.users.create({ username, password: 'a cave full of gold', ...fields }));
  };
  const change = (fields: object) => server.management.patch(`/users/${id}`, fields);
  const inbox = (to: string) => server.services.inbox.messages(to);
  const told = (to: string, count = 1) => expect.poll(() => inbox(to).map(({ text }) => text)).toHaveLength(count);
  /** Whatever is to be told is told by then. */
  const settle = async () => {
    const { db } = server.services.store;
    await expect.poll(() => db.selectFrom('notices').select('id').execute()).toEqual([]);
    await server.services.messaging.drainSends();
  };
  const messages = async (to: string) =>
    (await server.management.get(`/messages?email=${encodeURIComponent(to)}`)).body;

  test('of another number, by mail, without a code, and by whom', async () => {
    await newUser();
    const after = newPhone();
    expect(await change({ primaryPhone: after })).toMatchObject({ status: 200 });
    await told(email);
    const [mail] = inbox(email);
    expect(mail).toMatchObject({ usageType: 'AccountChanged', code: '', locale: 'en' });
    expect(mail?.subject).toBe('Sesame: The phone number of your account was changed.');
    expect(mail?.text).toContain('An administrator did this.');
    expect(mail?.text).toContain(after.slice(-2));
    expect(mail?.text).not.toContain(after.slice(3));
    await settle();
    expect([...inbox(phone), ...inbox(after)]).toEqual([]);
    expect(await messages(email)).toMatchObject([{ usageType: 'AccountChanged', state: 'accepted' }]);
    // Nothing was changed.
    await change({ primaryPhone: after, name: 'Ali Baba' });
    await change({ primaryPhone: null });
    await told(email, 2);
    expect(inbox(email)[0]?.text).toContain(`was removed. +86 ••• ${after.slice(-2)}`);
  });

  test('of another address, at the one before', async () => {
    await newUser();
    await change({ primaryEmail: `next.${email}` });
    await told(email);
    expect(inbox(email)[0]?.text).toContain('The email address of your account was changed.');
    await settle();
    expect(inbox(`next.${email}`)).toEqual([]);
    const [message] = (await server.management.get(`/messages?userId=${id}`)).body;
    expect(message).toMatchObject({ recipient: email, usageType: 'AccountChanged' });
    // Whoever has the address next gets to see none of it.
    const { id: other } = await server.services.users.create({ primaryEmail: `third.${email}` });
    await server.management.patch(`/users/${other}`, { primaryEmail: email });
    await server.management.patch(`/users/${other}`, { primaryEmail: null });
    await expect
      .poll(async () => (await server.management.get(`/messages?userId=${other}`)).body)
      .toMatchObject([{ recipient: email }, { recipient: `third.${email}` }]);
    expect((await server.management.get(`/messages/${message.id}`)).body).toMatchObject({ userId: id, asked: null });
    // Upper and lower case make no other address.
    await change({ primaryEmail: `Next.${email}` });
    await change({ username: `${username}_` });
    await told(`next.${email}`);
    expect(inbox(`next.${email}`)[0]?.text).toContain('username');
  });

  test('of a password, of backup codes and of the second step', async () => {
    await newUser();
    const { users, backupCodes } = server.services;
    await server.management.patch(`/users/${id}/password`, { password: 'a cave full of silver' });
    await told(email);
    await server.management.patch(`/users/${id}/logto-configs`, { mfa: { skipMfaOnSignIn: true } });
    await server.management.patch(`/users/${id}/logto-configs`, { mfa: { skipMfaOnSignIn: true } });
    await told(email, 2);
    await backupCodes.set(id, ['one', 'two'], {});
    await told(email, 3);
    const { id: set = '' } = (await backupCodes.find(id)) ?? {};
    await backupCodes.end(id, set);
    await told(email, 4);
    const texts = inbox(email).map(({ text }) => text);
    for (const [index, words] of ['removed', 'New backup codes', 'switched off', 'password was changed'].entries()) {
      expect(texts[index]).toContain(words);
    }
    expect(texts[3]).toContain('An administrator did this.');
    expect(texts[1]).toContain('contact support');
    expect(await users.isPassword(id, 'a cave full of silver')).toBe(true);
  });

  test('of an authenticator app that is set up, in place of another, too, and removed', async () => {
    await newUser();
    const { authenticators, store } = server.services;
    const app = () => ({ secret: authenticators.newSecret(), timeStep: 0 });
    await authenticators.set(id, app(), { isFirst: true });
    await told(email);
    await authenticators.set(id, app(), { isFirst: false });
    await told(email, 2);
    const { id: appId = '' } = (await authenticators.find(id)) ?? {};
    await authenticators.end(id, appId, { alongside: [] });
    await told(email, 3);
    await store.atomically(await authenticators.givingFirst(id, { id: 'one', ...app() }, { isNew: false }));
    await told(email, 4);
    const texts = inbox(email).map(({ text }) => text);
    for (const [index, words] of ['set up', 'removed', 'set up', 'set up'].entries()) {
      expect(texts[index]).toContain('uthenticator app');
      expect(texts[index]).toContain(words);
    }
  });

  test('of a forgotten password that somebody with a code has replaced', async () => {
    await newUser();
    const client = await beginExperience(server, await newServerRelier(server));
    await restart(client, 'ForgotPassword');
    const { verificationId } = (await send(client, 'ForgotPassword', phone)).body;
    await expect.poll(() => inbox(phone)).toHaveLength(1);
    await verify(client, phone, verificationId, inbox(phone)[0]?.code ?? '');
    await identify(client, verificationId);
    await client.call('PUT', '/profile/password', { password: 'forty thieves outside' });
    expect(await submit(client)).toMatchObject({ status: 204 });
    await told(email);
    expect(inbox(email)[0]?.text).toContain('Your password was reset.');
    expect(inbox(email)[0]?.text).toContain('If this was not you, contact support at once.');
  });

  test('of what an account gets later, and of nothing that it gets while it is made', async () => {
    await newUser({ username: null, primaryEmail: email });
    const { users, authenticators, backupCodes, platform, store } = server.services;
    const given = { provenAt: platform.now(), alongside: [] };
    await users.add(id, { username }, { ...given, isNew: true });
    await store.atomically(await backupCodes.givingFirst({ id, userId: id, digests: ['one'] }, { isNew: true }));
    const app = { id, secret: authenticators.newSecret(), timeStep: 0 };
    await store.atomically(await authenticators.givingFirst(id, app, { isNew: true }));
    await settle();
    expect(inbox(email)).toEqual([]);
    await users.add(id, { primaryPhone: phone }, given);
    await told(email);
    await backupCodes.set(id, ['two'], {});
    await told(email, 2);
  });

  test('by SMS where there is no address, if that is switched on', async () => {
    await newUser({ primaryPhone: phone });
    await change({ primaryPhone: newPhone() });
    await settle();
    expect(inbox(phone)).toEqual([]);
    await change({ primaryPhone: phone });
    await setting({ sms: true });
    await change({ primaryEmail: email });
    await told(phone);
    expect(inbox(phone)[0]?.text).toBe('An email address was added to your account. An administrator did this.');
    await settle();
    expect(inbox(email)).toEqual([]);
  });

  test('of nothing while it is switched off', async () => {
    await newUser();
    await setting({ email: false });
    await change({ primaryPhone: newPhone() });
    await setting({ email: true });
    await settle();
    expect(await messages(email)).toEqual([]);
  });

  test('in the language of the account', async () => {
    await newUser({ primaryEmail: email, profile: { locale: 'de-AT' } });
    await change({ primaryPhone: phone });
    await told(email);
    expect(inbox(email)[0]).toMatchObject({ locale: 'de' });
    expect(inbox(email)[0]?.text).toContain('Ihrem Konto wurde eine Telefonnummer hinzugefügt.');
  });

  test('in the words of the administrators', async () => {
    const details = { subject: 'Look after your account', content: '{{change}} Call 555.' };
    const template = { languageTag: 'en', templateType: 'AccountChanged', details };
    expect(await server.management.put('/email-templates', { templates: [template] })).toMatchObject({ status: 200 });
    await newUser();
    await change({ primaryPhone: null });
    await told(email);
    await server.management.delete('/email-templates?templateType=AccountChanged');
    expect(inbox(email)[0]).toMatchObject({ subject: 'Look after your account' });
    expect(inbox(email)[0]?.text).toBe('The phone number of your account was removed. Call 555.');
  });

  test('ten times in an hour, and of no change that was refused', async () => {
    await newUser();
    const { users } = server.services;
    const seen = await users.get(id);
    await change({ primaryPhone: newPhone() });
    await expect(
      users.changeIdentifiers(seen, { primaryPhone: newPhone() }, { provenAt: Date.now() }),
    ).rejects.toThrow();
    await told(email);
    for (let times = 0; times < 11; times += 1) await change({ username: `${username}_${times}` });
    await settle();
    await expect.poll(async () => (await messages(email)).length).toBe(12);
    expect(inbox(email)).toHaveLength(10);
    const [last] = await messages(email);
    expect(last).toMatchObject({ state: 'suppressed', error: { code: 'request.message_rate_limited' } });
  });

  test('at no address for tests, and none that gets no mail', async () => {
    await newUser();
    const testNumber = { email, code: '123456', note: '', expiresAt: null };
    expect(await server.management.put('/test-numbers', testNumber)).toMatchObject({ status: 200 });
    await change({ primaryPhone: null });
    await settle();
    await server.management.delete(`/test-numbers/${email}`);
    await server.management.post('/suppressions', { email });
    await change({ primaryPhone: phone });
    await settle();
    expect(inbox(email)).toEqual([]);
    expect(await messages(email)).toMatchObject([{ state: 'suppressed' }]);
  });

  test('once, by two that are at it, and after a crash by the next', async () => {
    await newUser();
    const { services } = server;
    const deps = { ...services, onError: (error: unknown) => expect(error).toBeUndefined() };
    // As a process has left it that was killed after the change.
    const row = {
      user_id: id,
      email,
      phone,
      change: 'phone-changed',
      detail: null,
      actor: 'user',
      locales: '[]',
    } as const;
    const at = { tries: 0, next_at: 1, created_at: services.platform.now() };
    const ids = Array.from({ length: 5 }, (_, index) => `${database}-${index}`);
    const { db } = services.store;
    await db
      .insertInto('notices')
      .values(ids.map((one) => ({ id: one, ...row, ...at })))
      .execute();
    await Promise.all([createNotices(deps).turn(), createNotices(deps).turn(), createNotices(deps).turn()]);
    await settle();
    expect(inbox(email)).toHaveLength(5);
    // What is taken on again, though it has become a message, becomes no second one.
    await db
      .insertInto('notices')
      .values({ id: ids[0] as string, ...row, ...at })
      .execute();
    await createNotices(deps).turn();
    await settle();
    expect(inbox(email)).toHaveLength(5);
    // What nobody could be told for a day is told to nobody.
    await db
      .insertInto('notices')
      .values({ id: 'old', ...row, ...at, created_at: at.created_at - 90_000_000 })
      .execute();
    await createNotices(deps).turn();
    await settle();
    expect(inbox(email)).toHaveLength(5);
  });
});

describe.each(databases)('a notice by a provider on %s', (database) => {
  let server: TestServer;
  let twilio: Provider;
  let [phone, id] = ['', ''];
  beforeAll(async () => {
    [server, twilio] = await Promise.all([newServer(database), startTwilio()]);
    const { factoryId: connectorId, config } = twilio;
    await server.management.post('/connectors', { connectorId, config });
    await server.management.patch('/sign-in-exp', { accountNotices: { email: true, sms: true } });
  });
  afterAll(() => Promise.all([server.close(), twilio.double.close()]));
  beforeEach(async () => {
    phone = newPhone();
    ({ id } = await server.services.users.create({ primaryPhone: phone }));
  });

  const setPassword = async (password = 'a cave full of silver') =>
    expect(await server.management.patch(`/users/${id}/password`, { password })).toMatchObject({ status: 200 });
  const messages = async () => {
    const { body } = await server.management.get(`/messages?phone=${encodeURIComponent(phone)}`);
    return body.map(({ state, error }: { state: string; error: { code: string } | null }) => [state, error?.code]);
  };
  const sent = () => twilio.accepted().filter(({ to }) => to === phone).length;
  const waiting = () => server.services.store.db.selectFrom('notices').selectAll().where('user_id', '=', id).execute();

  test('that was refused goes out as another message later', async () => {
    twilio.double.replyNext(twilioError(429, 21611, 'has exceeded the maximum number of queued messages'));
    await setPassword();
    await expect.poll(messages).toEqual([['failed', 'connector.rate_limit_exceeded']]);
    await expect.poll(waiting).toMatchObject([{ tries: 1 }]);
    await server.services.notices.turn();
    expect(sent()).toBe(0);
    server.advance(61_000);
    await server.services.notices.turn();
    await expect.poll(messages).toEqual([
      ['accepted', undefined],
      ['failed', 'connector.rate_limit_exceeded'],
    ]);
    expect(sent()).toBe(1);
    expect(await waiting()).toEqual([]);
  });

  test('that was refused goes out no more once its account is deleted', async () => {
    twilio.double.replyNext(twilioError(429, 21611, 'has exceeded the maximum number of queued messages'));
    await setPassword();
    await expect.poll(messages).toEqual([['failed', 'connector.rate_limit_exceeded']]);
    await expect.poll(waiting).toMatchObject([{ tries: 1 }]);
    expect(await server.management.delete(`/users/${id}`)).toMatchObject({ status: 204 });
    server.advance(61_000);
    await server.services.notices.turn();
    expect(await waiting()).toEqual([]);
    expect(sent()).toBe(0);
  });

  test('that may be out never goes out again', async () => {
    twilio.double.replyNext(twilioError(500, 20500, 'Internal Server Error'));
    await setPassword();
    await expect.poll(messages).toEqual([['unclear', 'connector.general']]);
    server.advance(61_000);
    await server.services.notices.turn();
    expect(await waiting()).toEqual([]);
    expect(sent()).toBe(0);
  });

  test('counts for a cap, and goes out to nobody where it is full', async () => {
    await server.management.patch('/sign-in-exp', { fraudPolicy: { mode: 'enforce', maxMessagesPerDay: 1 } });
    try {
      for (const metal of ['gold', 'tin', 'lead']) await setPassword(`a cave full of ${metal}`);
      await expect.poll(messages).toEqual(Array(3).fill(['suppressed', 'request.sending_paused']));
      expect(sent()).toBe(0);
    } finally {
      await server.management.patch('/sign-in-exp', { fraudPolicy: { mode: 'off', maxMessagesPerDay: null } });
    }
    // What has not gone out takes no place of what is told later.
    await setPassword();
    await expect.poll(messages).toContainEqual(['accepted', undefined]);
  });

  test('is told three times a day by SMS', async () => {
    for (const password of [
      'a cave full of gold',
      'a cave full of tin',
      'a cave full of lead',
      'a cave full of zinc',
    ]) {
      await setPassword(password);
    }
    await expect.poll(async () => (await messages()).length).toBe(4);
    await expect
      .poll(async () => (await messages()).filter(([state]: string[]) => state === 'accepted'))
      .toHaveLength(3);
    expect(await messages()).toContainEqual(['suppressed', 'request.message_rate_limited']);
  });

  test('is no code to figures', async () => {
    await setPassword();
    await expect.poll(messages).toEqual([['accepted', undefined]]);
    const { store, platform } = server.services;
    const { byKind } = await countVerification(store, { from: 0, until: platform.now() + 1 });
    expect(byKind.map(({ usageType }) => usageType)).not.toContain('AccountChanged');
  });

  test('is not made of a text for codes where the connector has nothing else', async () => {
    const aliyun = await startAliyun(server.services.platform.now);
    const { factoryId: connectorId, config } = aliyun;
    await server.management.post('/connectors', { connectorId, config });
    await setPassword();
    await expect.poll(messages).toEqual([['suppressed', 'connector.template_not_found']]);
    expect(aliyun.accepted()).toEqual([]);

    const notice = { usageType: 'AccountChanged', templateCode: 'SMS_100000002', templateParams: ['change', 'advice'] };
    const templates = [...(config.templates as object[]), notice];
    const { body: live } = await server.management.get('/connectors');
    const sms = live.find(({ type }: { type: string }) => type === 'Sms');
    const changed = await server.management.patch(`/connectors/${sms.id}`, { config: { ...config, templates } });
    expect(changed).toMatchObject({ status: 200 });
    await setPassword('a cave full of brass');
    await expect.poll(messages).toContainEqual(['accepted', undefined]);
    expect(aliyun.double.accepted.at(-1)?.params).toEqual({
      change: 'Your password was changed.',
      advice: 'An administrator did this.',
    });
    await aliyun.double.close();
  });
});
