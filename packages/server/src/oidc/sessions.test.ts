import * as client from 'openid-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newRelier, newUser, offline, type Relier, signIn, type Tokens } from '../../../../test/setup/oidc-flow.ts';
import { type OidcServer, startOidcServer } from '../../../../test/setup/oidc-server.ts';
import { databases } from '../../../../test/setup/stores.ts';
import { newUserAgent, type UserAgent } from '../../../../test/setup/user-agent.ts';
import { platform } from '../platform.ts';
import { deleteExpired } from '../store/expired.ts';
import { createHeld } from '../store/held.ts';
import { createAdapterFactory } from './adapter.ts';

describe.each(databases)('sessions of users on %s', (database) => {
  let server: OidcServer;
  let relier: Relier;
  let accountId: string;
  beforeEach(async () => {
    server = await startOidcServer(database);
    relier = await newRelier(server);
    accountId = (await newUser(server, { username: 'ali' })).id;
  });
  afterEach(() => server.close());

  const signInWith = (browser: UserAgent = newUserAgent()) =>
    signIn(server, { relier, accountId, parameters: offline, browser });
  /** What still works: the session of the browser, the access token, the refresh token. */
  async function worksOf({ tokens, browser }: { tokens: Tokens; browser: UserAgent }) {
    const isFine = (request: Promise<unknown>) => request.then(() => true).catch(() => false);
    const { url } = await browser.visit((await relier.start({ prompt: 'none' })).url);
    return {
      session: url.searchParams.has('code'),
      access: await isFine(client.fetchUserInfo(relier.configuration, tokens.access_token, accountId)),
      refresh: await isFine(client.refreshTokenGrant(relier.configuration, tokens.refresh_token ?? '')),
    };
  }
  const all = { session: true, access: true, refresh: true };
  const none = { session: false, access: false, refresh: false };

  test('are listed with when and where', async () => {
    const before = Date.now();
    await signInWith();
    const other = await newRelier(server);
    const { browser } = await signInWith();
    await browser.visit((await other.start()).url);
    const listed = await server.sessions.list(accountId);
    expect(listed).toHaveLength(2);
    for (const session of listed) {
      expect(session).toMatchObject({ userAgent: 'Test browser', id: expect.any(String) });
      // oidc-provider counts in seconds.
      expect(session.signedInAt).toBeGreaterThan(before - 1000);
      expect(session.lastSeenAt).toBeGreaterThanOrEqual(session.signedInAt);
    }
    expect(
      listed.map(({ applications }) => applications.map(({ name }) => name)).toSorted((a, b) => a.length - b.length),
    ).toEqual([['Shop'], ['Shop', 'Shop']]);
    for (const { id } of listed) expect(Object.values(browser.cookies())).not.toContain(id);
    expect(await server.sessions.list('nobody')).toEqual([]);
  });

  test('one ends with its grants and tokens; the others stay', async () => {
    const [first, second] = [await signInWith(), await signInWith()];
    const token = await server.interactions.findAccessToken(first.tokens.access_token);
    expect(await server.sessions.end('somebody else', token?.sessionId ?? '')).toBe(false);
    expect(await server.sessions.end(accountId, token?.sessionId ?? '')).toBe(true);
    expect(await server.sessions.end(accountId, token?.sessionId ?? '')).toBe(false);
    expect(await worksOf(first)).toEqual(none);
    expect(await worksOf(second)).toEqual(all);
    expect(await server.sessions.list(accountId)).toHaveLength(1);
  });

  test('all end, or all but one', async () => {
    const [first, second, third] = [await signInWith(), await signInWith(), await signInWith()];
    const stranger = await newUser(server, { username: 'cassim' });
    const theirs = await signIn(server, { relier, accountId: stranger.id, parameters: offline });
    const kept = await server.interactions.findAccessToken(second.tokens.access_token);
    await server.sessions.endAll(accountId, { except: kept?.sessionId });
    expect(await Promise.all([worksOf(first), worksOf(second), worksOf(third)])).toEqual([none, all, none]);
    await server.sessions.endAll(accountId);
    expect(await worksOf(second)).toEqual(none);
    await client.fetchUserInfo(relier.configuration, theirs.tokens.access_token, stranger.id);
  });

  test('a session that ended is not brought back by a request under way', async () => {
    const { browser } = await signInWith();
    const sessionRows = () =>
      server.store.db.selectFrom('oidc_models').selectAll().where('model', 'in', ['Session', 'Grant']).execute();
    const rows = await sessionRows();
    await server.sessions.endAll(accountId);
    const adapter = createAdapterFactory({
      store: server.store,
      platform,
      held: createHeld({ store: server.store, platform }),
      publicUrl: server.url,
      admit: async () => {},
      refreshTokens: { name: (random: string) => random, grantOf: () => undefined },
    });
    for (const { model, id, payload } of rows) {
      await adapter(model).upsert(id, JSON.parse(payload), 60);
      expect(await adapter(model).find(id)).toBeUndefined();
    }
    expect(await server.sessions.list(accountId)).toEqual([]);
    expect((await browser.visit((await relier.start()).url)).url.pathname).toBe('/sign-in');
  });

  test('after the end, the same browser signs in anew', async () => {
    const first = await signInWith();
    await server.sessions.endAll(accountId);
    const again = await signInWith(first.browser);
    expect(await worksOf(again)).toEqual(all);
  });

  describe('of applications that sign in with one session at the same moment', () => {
    const inTurns = async (reliers: Relier[], parameters = {}) => {
      const { browser } = await signInWith();
      const started = await Promise.all(reliers.map((one) => one.start(parameters)));
      const answers = await Promise.all(started.map(({ url }) => browser.visit(url)));
      const tokens = await Promise.all(
        reliers.map((one, index) => one.finish(answers[index]?.url as URL, started[index] as (typeof started)[number])),
      );
      return { browser, tokens };
    };
    const others = () => Promise.all(Array.from({ length: 4 }, () => newRelier(server)));

    test('each gets tokens, and all of them end with the session', async () => {
      const reliers = await others();
      const { tokens } = await inTurns(reliers, offline);
      const [session] = await server.sessions.list(accountId);
      expect(session?.applications).toHaveLength(5);
      expect(await server.sessions.end(accountId, session?.id ?? '')).toBe(true);
      for (const [index, { access_token, refresh_token }] of tokens.entries()) {
        const { configuration } = reliers[index] as Relier;
        await expect(client.refreshTokenGrant(configuration, refresh_token ?? '')).rejects.toMatchObject({
          error: 'invalid_grant',
        });
        const info = client.fetchUserInfo(configuration, access_token, accountId);
        await expect(info).rejects.toMatchObject({ status: 401 });
        expect(await server.interactions.findAccessToken(access_token)).toBeUndefined();
      }
    });

    test('tokens that end with the session work until then, also of two tabs of one application', async () => {
      const one = await newRelier(server);
      const reliers = [...(await others()), one, one];
      const { tokens } = await inTurns(reliers);
      for (const [index, { access_token }] of tokens.entries()) {
        await client.fetchUserInfo((reliers[index] as Relier).configuration, access_token, accountId);
      }
    });

    test('each tab of one application gets what it asks for, and offline access outlives the sign-out', async () => {
      const one = await newRelier(server);
      const { browser } = await signInWith();
      const asked = [offline, { scope: 'openid phone' }, { scope: 'openid custom_data' }, { scope: 'openid profile' }];
      const started = await Promise.all(asked.map((parameters) => one.start(parameters)));
      const answers = await Promise.all(started.map(({ url }) => browser.visit(url)));
      const tokens = await Promise.all(started.map((each, index) => one.finish(answers[index]?.url as URL, each)));
      const words = ({ scope = '' }: { scope?: string | undefined }) => scope.split(' ').toSorted();
      expect(tokens.map(words)).toEqual(asked.map(words));
      const [session] = await server.sessions.list(accountId);
      await server.sessions.leave(accountId, session?.id ?? '');
      await client.refreshTokenGrant(one.configuration, tokens[0]?.refresh_token ?? '');
    });
  });

  test('what a request under way makes of a session that ends meanwhile is void', async () => {
    const { tokens } = await signInWith();
    const [session] = await server.sessions.list(accountId);
    const made = await server.store.db.selectFrom('oidc_models').selectAll().where('model', '<>', 'Session').execute();
    await server.sessions.end(accountId, session?.id ?? '');
    await server.store.db.deleteFrom('oidc_models').where('model', '<>', 'Session').execute();
    await server.store.db.insertInto('oidc_models').values(made).execute();
    expect(await server.interactions.findAccessToken(tokens.access_token)).toBeUndefined();
    await expect(client.refreshTokenGrant(relier.configuration, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    await deleteExpired(server.store, { now: Date.now() + 14 * 24 * 60 * 60_000, messagesMs: null });
    expect(await server.interactions.findAccessToken(tokens.access_token)).toBeUndefined();
  });

  test('an application signs in again with a session in which its grant has ended', async () => {
    const { tokens, browser } = await signInWith();
    await client.tokenRevocation(relier.configuration, tokens.refresh_token ?? '');
    for (let times = 0; times < 2; times += 1) {
      const started = await relier.start({ prompt: 'none' });
      const again = await relier.finish((await browser.visit(started.url)).url, started);
      await client.fetchUserInfo(relier.configuration, again.access_token, accountId);
    }
  });
});
