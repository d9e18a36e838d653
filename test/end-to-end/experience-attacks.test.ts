import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { strangerFrom } from '../setup/clients.ts';
import { beginExperience, type ExperienceClient, moveTo, newServerRelier } from '../setup/experience-client.ts';
import type { Relier } from '../setup/oidc-flow.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, startTestServer, type TestServer } from '../setup/server.ts';
import { databases, newStoreLocation } from '../setup/stores.ts';
import { type Provider, startHttpSms, startTwilio } from './providers.ts';

type Event = 'SignIn' | 'Register' | 'ForgotPassword';

const refused = (status: number, code: string) => ({ status, body: { code } });
const ended = refused(400, 'session.not_found');

const send = (client: ExperienceClient, interactionEvent: Event, phone: string) =>
  client.call('POST', '/verification/verification-code', {
    interactionEvent,
    identifier: { type: 'phone', value: phone },
  });
const verify = (client: ExperienceClient, phone: string, verificationId: string, code: string) =>
  client.call('POST', '/verification/verification-code/verify', {
    identifier: { type: 'phone', value: phone },
    verificationId,
    code,
  });
const change = (client: ExperienceClient, interactionEvent: Event) =>
  client.call('PUT', '/interaction-event', { interactionEvent });
const identify = (client: ExperienceClient, verificationId?: string) =>
  client.call('POST', '/identification', { verificationId });
const submit = (client: ExperienceClient) => client.call('POST', '/submit');

describe.each(databases)('the Experience API under attack on %s', (database) => {
  let server: TestServer;
  let twilio: Provider;
  let relier: Relier;
  let phone: string;
  beforeAll(async () => {
    [server, twilio] = await Promise.all([newServer(database), startTwilio()]);
    await server.management.post('/connectors', { connectorId: twilio.factoryId, config: twilio.config });
    relier = await newServerRelier(server);
  });
  afterAll(() => Promise.all([server.close(), twilio.double.close()]));
  beforeEach(() => {
    phone = newPhone();
  });

  const begin = () => beginExperience(server, relier);
  const newUser = () => server.services.users.create({ primaryPhone: phone });
  async function pendingCode(client: ExperienceClient, event: Event = 'SignIn') {
    const countOf = () => twilio.accepted().filter(({ to }) => to === phone).length;
    const before = countOf();
    const { body } = await send(client, event, phone);
    // In ForgotPassword the answer does not wait for the provider.
    await expect.poll(countOf).toBe(before + 1);
    return { id: body.verificationId as string, code: twilio.codeTo(phone) };
  }
  async function prove(client: ExperienceClient, event: Event = 'SignIn'): Promise<string> {
    const { id, code } = await pendingCode(client, event);
    expect(await verify(client, phone, id, code)).toMatchObject({ status: 200 });
    return id;
  }

  test('a code is good once, in its flow, for its number', async () => {
    const [client, other] = [await begin(), await begin()];
    const { id, code } = await pendingCode(client);
    expect(await verify(other, phone, id, code)).toMatchObject(refused(404, 'session.verification_session_not_found'));
    expect(await verify(client, newPhone(), id, code)).toMatchObject(refused(400, 'verification_code.phone_mismatch'));
    expect(await verify(client, phone, id, code)).toMatchObject({ status: 200 });
    expect(await verify(client, phone, id, code)).toMatchObject(refused(400, 'verification_code.not_found'));
    expect(await server.management.post('/verification-codes/verify', { phone, verificationCode: code })).toMatchObject(
      refused(400, 'verification_code.not_found'),
    );
  });

  test('a code that another flow asked for just now is not taken for one of this flow', async () => {
    const [first, second] = [await begin(), await begin()];
    await pendingCode(first);
    expect(await send(second, 'SignIn', phone)).toMatchObject(refused(429, 'request.message_rate_limited'));
    const records = async () => (await second.call('GET', '/interaction')).body.verificationRecords;
    expect(await records()).toEqual([]);
    server.advance(31_000);
    const { id } = await pendingCode(second);
    expect(await records()).toMatchObject([{ id }]);
  });

  test('a code for back ends does not sign in', async () => {
    const client = await begin();
    const { id, code: own } = await pendingCode(client);
    server.advance(31_000);
    await server.management.post('/verification-codes', { phone });
    const code = twilio.codeTo(phone);
    if (code !== own) {
      expect(await verify(client, phone, id, code)).toMatchObject(refused(400, 'verification_code.code_mismatch'));
    }
  });

  test('what was proven to sign in does not reset a password, and the other way round', async () => {
    await newUser();
    const client = await begin();
    const id = await prove(client);
    await identify(client, id);
    await change(client, 'ForgotPassword');
    expect(await client.call('PUT', '/profile/password', { password: 'forty thieves' })).toMatchObject(
      refused(404, 'session.identifier_not_found'),
    );
    expect(await identify(client, id)).toMatchObject(refused(400, 'session.verification_failed'));

    const other = await begin();
    await change(other, 'ForgotPassword');
    server.advance(31_000);
    const reset = await prove(other, 'ForgotPassword');
    await identify(other, reset);
    await change(other, 'SignIn');
    expect(await submit(other)).toMatchObject(refused(404, 'session.identifier_not_found'));
    expect(await identify(other, reset)).toMatchObject(refused(400, 'session.verification_failed'));
  });

  test('a code that was not answered says nobody', async () => {
    await newUser();
    const client = await begin();
    const { id } = await pendingCode(client);
    expect(await identify(client, id)).toMatchObject(refused(400, 'session.verification_failed'));
    expect(await submit(client)).toMatchObject(refused(404, 'session.identifier_not_found'));
  });

  test('cookies that were copied before the proof open nothing after it', async () => {
    await newUser();
    const client = await begin();
    const thief = client.browser.copy();
    const id = await prove(client);
    const stolen = { ...client, call: (method: string, path: string) => thief.send(url(path), { method }) };
    expect((await stolen.call('GET', '/interaction')).status).toBe(400);
    await identify(client, id);
    const { body } = await submit(client);
    const resumed = await thief.visit(body.redirectTo);
    expect([resumed.response.status, resumed.url.origin]).toEqual([400, server.publicUrl]);
    expect((await client.finish(body.redirectTo)).access_token).toEqual(expect.any(String));
  });
  const url = (path: string) => `${server.publicUrl}/api/experience${path}`;

  test('a result is not handed to another browser under the name of its own flow', async () => {
    await newUser();
    const victim = await begin();
    const attacker = await begin();
    const resumeCookies = victim.browser.copy();
    await identify(victim, await prove(victim));
    const { body } = await submit(victim);
    phone = newPhone();
    await newUser();
    await identify(attacker, await prove(attacker));
    await submit(attacker);
    // The cookies of the victim's resume request, on the path of the attacker's own flow, with the attacker's key.
    const [name = '', key = ''] =
      Object.entries(attacker.browser.cookies()).find(([cookie]) => cookie.startsWith('sesame_flow_')) ?? [];
    const { _interaction_resume: resume = '', '_interaction_resume.sig': signature = '' } = resumeCookies.cookies();
    const response = await fetch(`${server.baseUrl}/oidc/auth/${attacker.flow}`, {
      redirect: 'manual',
      headers: { cookie: `_interaction_resume=${resume}; _interaction_resume.sig=${signature}; ${name}=${key}` },
    });
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
    expect((await victim.finish(body.redirectTo)).access_token).toEqual(expect.any(String));
  });

  test('two tabs of one browser each end where they began', async () => {
    const first = await begin();
    const users = [await newUser()];
    const { id, code } = await pendingCode(first);
    const tab = await beginExperience(server, relier, { browser: first.browser });
    // The second tab took over the interaction cookie; the first one's number is unknown in it.
    expect(await verify(tab, phone, id, code)).toMatchObject(refused(404, 'session.verification_session_not_found'));
    server.advance(31_000);
    const again = await prove(tab);
    await identify(tab, again);
    const { body } = await submit(tab);
    expect((await tab.finish(body.redirectTo)).claims()).toMatchObject({ sub: users[0]?.id });
  });

  const answers = 2_000;
  test(`${answers} wrong codes at once spend the tries of one code, and the right one is lost`, {}, async () => {
    const client = await begin();
    const { id, code } = await pendingCode(client);
    const wrong = code === '000000' ? '000001' : '000000';
    const key = client.browser.cookies()[`sesame_flow_${client.flow}`];
    const answer = (typed: string, address: string) =>
      server.services.signInFlows.answerCode(
        { id: client.flow, key },
        { id, code: typed, client: strangerFrom(address) },
      );
    const outcomes = await Promise.allSettled(
      // As many networks as a botnet has, so that it is the code's own limit which holds.
      Array.from({ length: answers }, (_, index) => answer(wrong, `192.0.2.${index % 250}`)),
    );
    const codes = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'right'));
    const count = Object.groupBy(codes, (value) => value);
    expect(count['verification_code.code_mismatch']).toHaveLength(10);
    expect(count.right).toBeUndefined();
    await expect(answer(code, '198.51.100.1')).rejects.toMatchObject({ code: 'verification_code.exceed_max_try' });
  });

  test('wrong codes of one network are limited across numbers', async () => {
    const address = '203.0.113.9';
    const typed = async () => {
      const client = await begin();
      phone = newPhone();
      const { id, code } = await pendingCode(client);
      const key = client.browser.cookies()[`sesame_flow_${client.flow}`];
      const wrong = code === '000000' ? '000001' : '000000';
      const attempts = Array.from({ length: 9 }, () =>
        server.services.signInFlows.answerCode(
          { id: client.flow, key },
          { id, code: wrong, client: strangerFrom(address) },
        ),
      );
      return (await Promise.allSettled(attempts)).map((outcome) => (outcome as PromiseRejectedResult).reason.code);
    };
    const codes = [];
    for (let number = 0; number < 12; number += 1) codes.push(...(await typed()));
    expect(codes.filter((code) => code === 'request.sign_in_rate_limited')).toHaveLength(8);
    expect(codes.slice(0, 99)).not.toContain('request.sign_in_rate_limited');
  });

  test('a number that moved to another account while its code was out signs in to that one only', async () => {
    const { id: before } = await newUser();
    const client = await begin();
    await change(client, 'ForgotPassword');
    const proof = await prove(client, 'ForgotPassword');
    await identify(client, proof);
    await client.call('PUT', '/profile/password', { password: 'forty thieves outside' });
    await server.services.users.update(before, { primaryPhone: newPhone() });
    await newUser();
    expect(await submit(client)).toMatchObject(refused(400, 'session.verification_failed'));
    const { users } = server.services;
    expect(await users.isPassword(before, 'forty thieves outside')).toBe(false);
  });

  test('a user who is suspended in the middle gets no further', async () => {
    const { id } = await newUser();
    const client = await begin();
    const proof = await prove(client);
    await identify(client, proof);
    const done = await submit(client);
    await server.services.users.setSuspended(id, true);
    expect(await identify(client, proof)).toMatchObject(refused(401, 'user.suspended'));
    expect(await submit(client)).toMatchObject(refused(401, 'user.suspended'));
    await expect(client.finish(done.body.redirectTo)).rejects.toThrow();
  });

  test('what was proven is too old after ten minutes, before the end and at the end', async () => {
    await newUser();
    const [client, late] = [await begin(), await begin()];
    const proof = await prove(client);
    await identify(client, proof);
    server.advance(31_000);
    await identify(late, await prove(late));
    const done = await submit(late);
    server.advance(10 * 60_000);
    expect(await submit(client)).toMatchObject(refused(400, 'session.verification_failed'));
    await expect(late.finish(done.body.redirectTo)).rejects.toThrow();
  });

  test('a password that was right signs in no more once there is another', async () => {
    const [username, password] = [`ali_${phone.slice(-8)}`, 'a cave full of gold'];
    const { id } = await server.services.users.create({ username, password });
    const [before, after] = [await begin(), await begin()];
    for (const client of [before, after]) {
      const identifier = { type: 'username', value: username };
      const { body } = await client.call('POST', '/verification/password', { identifier, password });
      await identify(client, body.verificationId);
    }
    const done = await submit(after);
    await server.services.users.setPassword(id, 'forty thieves outside');
    expect(await submit(before)).toMatchObject(refused(404, 'session.verification_session_not_found'));
    await expect(after.finish(done.body.redirectTo)).rejects.toThrow();
  });

  test('a connector that is replaced in the middle changes nothing', async () => {
    await newUser();
    const client = await begin();
    const { id, code } = await pendingCode(client);
    const http = await startHttpSms();
    await server.management.post('/connectors', { connectorId: http.factoryId, config: http.config });
    expect(await verify(client, phone, id, code)).toMatchObject({ status: 200 });
    await identify(client, id);
    const { body } = await submit(client);
    expect((await client.finish(body.redirectTo)).access_token).toEqual(expect.any(String));
    await server.management.post('/connectors', { connectorId: twilio.factoryId, config: twilio.config });
    await http.double.close();
  });

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another origin', { origin: 'https://evil.example' }],
  ])('a request of %s is refused, whatever cookies come with it', async (_what, headers) => {
    const client = await begin();
    const reply = await client.browser.send(url(''), {
      method: 'PUT',
      body: JSON.stringify({ interactionEvent: 'Register' }),
      headers: { 'content-type': 'application/json', ...headers },
    });
    expect([reply.status, (await reply.json()).code]).toEqual([403, 'auth.forbidden']);
  });

  test('without the cookies of a sign-in there is nothing to do', async () => {
    const client = await begin();
    const stranger = await fetch(`${server.baseUrl}/api/experience/interaction`);
    expect([stranger.status, (await stranger.json()).code]).toEqual([400, 'session.not_found']);
    server.advance(61 * 60_000);
    expect(await client.call('GET', '/interaction')).toMatchObject(ended);
  });
});

describe.each(databases)('a sign-in on %s', (database) => {
  test('goes on after a restart, and at another process', async () => {
    const { location, remove } = await newStoreLocation(database);
    const env = { SESAME_PUBLIC_URL: 'http://sesame.test' };
    const first = await startTestServer(location, { env });
    const http = await startHttpSms();
    await first.management.post('/connectors', { connectorId: http.factoryId, config: http.config });
    const phone = newPhone();
    const relier = await newServerRelier(first);
    const client = await beginExperience(first, relier);
    await change(client, 'Register');
    const { body: sent } = await send(client, 'Register', phone);
    await first.close();

    const second = await startTestServer(location, { env });
    const moved = moveTo(second, client);
    expect(await verify(moved, phone, sent.verificationId, http.codeTo(phone))).toMatchObject({ status: 200 });
    const third = database === 'PostgreSQL' ? await startTestServer(location, { env }) : second;
    const movedAgain = moveTo(third, moved);
    expect(await identify(movedAgain, sent.verificationId)).toMatchObject({ status: 201 });
    expect(await submit(movedAgain)).toMatchObject({
      status: 200,
      body: { redirectTo: expect.stringContaining('/oidc/auth/') },
    });
    for (const server of new Set([second, third])) await server.close();
    await http.double.close();
    await remove();
  });
});
