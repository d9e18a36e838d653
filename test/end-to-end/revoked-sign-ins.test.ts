import * as client from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { beginExperience, type ExperienceClient, newServerRelier } from '../setup/experience-client.ts';
import { offline, type Relier } from '../setup/oidc-flow.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { databases } from '../setup/stores.ts';
import { password, provePassword } from './by-password.ts';
import { identify, restart } from './experience-rig.ts';

type Person = { id: string; phone: string; username: string };

describe.each(databases)('what revokes a sign-in that is under way on %s', (database) => {
  let server: TestServer;
  let relier: Relier;
  let owner: Person;
  let other: Person;
  beforeAll(async () => {
    server = await newServer(database);
    relier = await newServerRelier(server);
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    [owner, other] = [await newPerson(), await newPerson()];
  });

  async function newPerson(): Promise<Person> {
    const phone = newPhone();
    const username = `ali_${phone.slice(-8)}`;
    const { id } = await server.services.users.create({ username, password, primaryPhone: phone });
    return { id, phone, username };
  }
  const begin = (parameters = {}) => beginExperience(server, relier, { parameters });
  const interactionOf = async (flow: ExperienceClient) => (await flow.call('GET', '/interaction')).body;

  async function proveNumber(flow: ExperienceClient, phone: string, interactionEvent = 'SignIn'): Promise<string> {
    const identifier = { type: 'phone', value: phone };
    const messages = () => server.services.inbox.messages(phone);
    const before = messages().length;
    const sent = await flow.call('POST', '/verification/verification-code', { interactionEvent, identifier });
    // In ForgotPassword the answer does not wait for the message.
    await expect.poll(() => messages().length).toBe(before + 1);
    const code = messages()[0]?.code;
    const { verificationId } = sent.body;
    const answer = await flow.call('POST', '/verification/verification-code/verify', {
      identifier,
      verificationId,
      code,
    });
    expect(answer.status).toBe(200);
    return verificationId;
  }
  const submit = async (flow: ExperienceClient): Promise<string> =>
    (await flow.call('POST', '/submit')).body.redirectTo;
  /** Whose tokens come of it. */
  const subjectOf = async (flow: ExperienceClient, redirectTo: string) =>
    (await flow.finish(redirectTo).catch(() => undefined))?.claims()?.sub;

  const ways = ['number', 'password'] as const;
  const prove = (flow: ExperienceClient, person: Person, by: (typeof ways)[number]) =>
    by === 'number' ? proveNumber(flow, person.phone) : provePassword(flow, person.username);

  test('the end of all sessions, at once with the end of a sign-in, leaves nothing that works', async () => {
    for (let round = 0; round < 10; round += 1) {
      const person = await newPerson();
      const flow = await begin(offline);
      await identify(flow, await provePassword(flow, person.username));
      const redirectTo = await submit(flow);
      const [tokens] = await Promise.all([
        flow.finish(redirectTo).catch(() => undefined),
        // A little later each time, so that it comes everywhere in between.
        Promise.resolve()
          .then(() => (round === 0 ? undefined : fetch(`${server.baseUrl}/api/status`)))
          .then(() => server.services.userSessions.endAll(person.id)),
      ]);
      const silent = await flow.browser.visit((await relier.start({ prompt: 'none' })).url);
      expect(silent.url.searchParams.get('error')).toBe('login_required');
      if (!tokens) continue;
      const refresh = client.refreshTokenGrant(relier.configuration, tokens.refresh_token ?? '');
      await expect(refresh).rejects.toMatchObject({ error: 'invalid_grant' });
      const info = client.fetchUserInfo(relier.configuration, tokens.access_token, person.id);
      await expect(info).rejects.toMatchObject({ status: 401 });
    }
  });

  test.each(['before the browser has a session', 'where it has one already'])(
    'the end of all sessions that took a while to be written leaves nothing, %s',
    async (when) => {
      const { store, userSessions } = server.services;
      const flow = await begin(offline);
      if (when !== 'before the browser has a session') {
        await identify(flow, await provePassword(flow, owner.username));
        await flow.finish(await submit(flow));
        await flow.browser.visit((await relier.start({ ...offline, prompt: 'login' })).url);
      }
      await identify(flow, await provePassword(flow, owner.username));
      const redirectTo = await submit(flow);
      const { atomically } = store;
      let ended = 0;
      // Whoever goes on was looked at, and the end began in the second before.
      store.atomically = async (queries, locks) => {
        if (locks?.some((name) => name.startsWith('Session:')) && ended++ === 0) {
          server.advance(-1_500);
          await userSessions.endAll(owner.id);
          server.advance(1_500);
        }
        return atomically(queries, locks);
      };
      const tokens = await flow.finish(redirectTo).catch(() => undefined);
      store.atomically = atomically;
      expect(ended).toBeGreaterThan(0);
      expect(tokens).toBeUndefined();
      const silent = await flow.browser.visit((await relier.start({ prompt: 'none' })).url);
      expect(silent.url.searchParams.get('error')).toBe('login_required');
    },
  );

  test.each([
    ['the end of all sessions', (id: string) => server.services.userSessions.endAll(id)],
    [
      'a suspension that is taken back',
      async (id: string) => {
        await server.services.users.setSuspended(id, true);
        await server.services.users.setSuspended(id, false);
      },
    ],
  ])('%s holds when the clock is set back and it comes again', async (_what, revoke) => {
    const flow = await begin();
    await identify(flow, await prove(flow, owner, 'number'));
    server.advance(1_000);
    await revoke(owner.id);
    server.advance(-2_500);
    await revoke(owner.id);
    expect((await flow.call('POST', '/submit')).body).toMatchObject({ code: 'session.verification_failed' });
    server.advance(1_500);
  });

  test.each(ways)(
    'the %s is void after the end of all sessions, though it was proven by a clock that was ahead',
    async (by) => {
      const flow = await begin();
      await identify(flow, await prove(flow, owner, by));
      const redirectTo = await submit(flow);
      server.advance(-5_000);
      await server.services.userSessions.endAll(owner.id);
      expect((await flow.browser.visit(redirectTo)).response.status).toBe(400);
      server.advance(5_000);
      expect((await flow.browser.visit(redirectTo)).response.status).toBe(400);
    },
  );

  type Restart = (flow: ExperienceClient) => Promise<unknown>;
  const restarts: [string, Restart][] = [
    ['it begins anew', (flow) => restart(flow, 'SignIn')],
    [
      'it goes on as something else, and back',
      async (flow) => {
        await flow.call('PUT', '/interaction-event', { interactionEvent: 'Register' });
        await flow.call('PUT', '/interaction-event', { interactionEvent: 'SignIn' });
      },
    ],
    ['something else is proven', (flow) => provePassword(flow, other.username)],
    ['somebody else is identified', async (flow) => identify(flow, await provePassword(flow, other.username))],
  ];

  test('submitting twice leads to the same end', async () => {
    const flow = await begin();
    await identify(flow, await provePassword(flow, owner.username));
    const [first, second] = await Promise.all([submit(flow), submit(flow)]);
    expect(first).toBe(second);
    expect(await subjectOf(flow, first)).toBe(owner.id);
  });

  async function resetPassword(): Promise<void> {
    const flow = await begin();
    await restart(flow, 'ForgotPassword');
    server.advance(31_000);
    await identify(flow, await proveNumber(flow, owner.phone, 'ForgotPassword'));
    await flow.call('PUT', '/profile/password', { password: 'forty thieves outside' });
    const key = flow.browser.cookies()[`sesame_flow_${flow.flow}`];
    await server.services.signInFlows.submit({ id: flow.flow, key }, { endSessions: true });
  }
  /** The owner at `/account`, in a browser of their own. @returns fills a form in that is there */
  async function ownAccount() {
    const flow = await begin();
    await identify(flow, await provePassword(flow, owner.username));
    await flow.finish(await submit(flow));
    const at = (path: string) => `${server.publicUrl}/account${path}`;
    return async (path: string, values: Record<string, string>) => {
      const page = await (await flow.browser.send(at(''))).text();
      const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
      const sent = await flow.browser.send(at(path), {
        method: 'POST',
        body: new URLSearchParams({ csrf, ...values }),
      });
      expect(sent.status).toBe(303);
      // This one goes on.
      expect((await flow.browser.send(at(''))).status).toBe(200);
    };
  }
  const suspend = (isSuspended: boolean) => server.management.patch(`/users/${owner.id}/is-suspended`, { isSuspended });
  const rename = (person: Person, primaryPhone: string | null) =>
    server.management.patch(`/users/${person.id}`, { primaryPhone });

  const importOwner = (fields: object) =>
    server.management.request('POST', '/api/users/import?upsert=true', {
      body: JSON.stringify({ id: owner.id, ...fields }),
      headers: { 'content-type': 'application/x-ndjson' },
    });
  const otherDigest = { passwordDigest: '5f4dcc3b5aa765d61d8327deb882cf99', passwordAlgorithm: 'MD5' };

  const revocations: [string, readonly (typeof ways)[number][], () => Promise<unknown>][] = [
    ['the password was reset, with all sessions', ways, resetPassword],
    ['the other sessions were ended at /account', ways, async () => (await ownAccount())('/sessions/end-others', {})],
    [
      'the password was changed at /account, with the box ticked',
      ways,
      async () => {
        const fillIn = await ownAccount();
        await fillIn('/verify', { for: 'change-password', password });
        await fillIn('/password', { password: 'forty thieves outside', endOtherSessions: 'yes' });
      },
    ],
    ['all sessions were ended', ways, () => server.services.userSessions.endAll(owner.id)],
    [
      'the password was changed',
      ['password'],
      () => server.management.patch(`/users/${owner.id}/password`, { password: 'forty thieves outside' }),
    ],
    ['the number was changed', ['number'], () => rename(owner, newPhone())],
    [
      'the number moved to somebody else',
      ['number'],
      async () => {
        await rename(owner, null);
        await rename(other, owner.phone);
      },
    ],
    ['the user was suspended', ways, () => suspend(true)],
    [
      'the user was suspended for a moment',
      ways,
      async () => {
        await suspend(true);
        await suspend(false);
      },
    ],
    [
      'an import suspended the user for a moment',
      ways,
      async () => {
        await importOwner({ isSuspended: true });
        await importOwner({ isSuspended: false });
      },
    ],
    ['an import replaced the password', ['password'], () => importOwner(otherDigest)],
    [
      'the user was deleted, and imported with the same id',
      ['password'],
      async () => {
        await server.management.delete(`/users/${owner.id}`);
        await importOwner({ username: owner.username, ...otherDigest });
      },
    ],
    ['the user was deleted', ways, () => server.management.delete(`/users/${owner.id}`)],
    [
      'the user was deleted and made anew',
      ways,
      async () => {
        await server.management.delete(`/users/${owner.id}`);
        await server.services.users.create({ username: owner.username, password, primaryPhone: owner.phone });
      },
    ],
  ];
  // Both are void by the same statements.
  const waysOf = (byWhich: readonly (typeof ways)[number][]) => (database === 'SQLite' ? byWhich : byWhich.slice(0, 1));
  const cases = revocations.flatMap(([what, byWhich, revoke]) => waysOf(byWhich).map((by) => ({ what, by, revoke })));

  test.each(cases)('the $by that was proven before signs in no more once $what', async ({ by, revoke }) => {
    const flows = { proven: await begin(), identified: await begin(), submitted: await begin() };
    const proofs: Record<string, string> = {};
    for (const [stage, flow] of Object.entries(flows)) {
      proofs[stage] = await prove(flow, owner, by);
      server.advance(31_000);
    }
    await identify(flows.identified, proofs.identified ?? '');
    await identify(flows.submitted, proofs.submitted ?? '');
    const redirectTo = await submit(flows.submitted);
    await revoke();
    expect((await flows.submitted.browser.visit(redirectTo)).response.status).toBe(400);
    expect((await flows.identified.call('POST', '/submit')).status).toBeGreaterThanOrEqual(400);
    for (const [stage, flow] of Object.entries(flows)) {
      await identify(flow, proofs[stage] ?? '');
      expect(await subjectOf(flow, (await submit(flow)) ?? redirectTo)).not.toBe(owner.id);
    }
  });

  test('un-suspending makes void what was proven meanwhile, and nothing where nobody was suspended', async () => {
    await suspend(true);
    const flow = await begin();
    const proof = await provePassword(flow, owner.username);
    await suspend(false);
    expect((await identify(flow, proof)).body).toMatchObject({ code: 'session.verification_session_not_found' });
    expect((await flow.call('POST', '/submit')).body).toMatchObject({ code: 'session.identifier_not_found' });
    const fresh = await begin();
    await identify(fresh, await provePassword(fresh, owner.username));
    await suspend(false);
    expect(await subjectOf(fresh, await submit(fresh))).toBe(owner.id);
  });

  test('whoever signs in by a password that is replaced in that moment gives the account no number', async () => {
    const { users } = server.services;
    await rename(owner, null);
    const flow = await begin();
    await identify(flow, await provePassword(flow, owner.username));
    const phone = newPhone();
    const verificationId = await proveNumber(flow, phone);
    expect((await flow.call('POST', '/profile', { type: 'phone', verificationId })).status).toBe(204);
    const { add } = users;
    vi.spyOn(users, 'add').mockImplementation(async (...given) => {
      await users.setPassword(owner.id, 'forty thieves outside');
      return add.apply(users, given);
    });
    expect((await flow.call('POST', '/submit')).status).toBeGreaterThanOrEqual(400);
    vi.restoreAllMocks();
    expect(await users.get(owner.id)).toMatchObject({ primaryPhone: null });
    expect((await flow.call('POST', '/submit')).body).toMatchObject({ code: 'session.verification_failed' });
  });

  test('a sign-up without a number, whose account ended its sessions since, signs in no more', async () => {
    await server.management.patch('/sign-in-exp', { signUp: { identifiers: ['username'], password: true } });
    const flow = await begin({ prompt: 'create' });
    await flow.call('POST', '/profile', { type: 'username', value: `new_${owner.username}` });
    await flow.call('POST', '/profile', { type: 'password', value: password });
    expect((await flow.call('POST', '/identification', {})).status).toBe(201);
    const { userId } = await interactionOf(flow);
    const redirectTo = await submit(flow);
    await server.services.userSessions.endAll(userId);
    expect((await flow.browser.visit(redirectTo)).response.status).toBe(400);
    await server.management.patch('/sign-in-exp', { signUp: { identifiers: ['phone'], password: false } });
  });

  test('two at once that make an account make one', async () => {
    const phone = newPhone();
    const flow = await begin({ prompt: 'create' });
    const proof = await proveNumber(flow, phone, 'Register');
    const made = await Promise.all(Array.from({ length: 5 }, () => identify(flow, proof)));
    expect(made.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    const { userId } = await interactionOf(flow);
    expect(await subjectOf(flow, await submit(flow))).toBe(userId);
  });

  // What follows is decided whatever the database.
  if (database !== 'SQLite') return;

  test.each(restarts)('the result is gone when %s, and the next one is of who proves it then', async (_how, change) => {
    const flow = await begin();
    await identify(flow, await prove(flow, owner, 'number'));
    const redirectTo = await submit(flow);
    await change(flow);
    const resumed = await flow.browser.visit(redirectTo);
    expect([resumed.response.status, resumed.url.href]).toEqual([400, redirectTo]);
    await restart(flow, 'SignIn');
    await identify(flow, await provePassword(flow, other.username));
    expect((await flow.browser.visit(redirectTo)).response.status).toBe(400);
    expect(await subjectOf(flow, await submit(flow))).toBe(other.id);
  });
});
