import * as client from 'openid-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newRelier, newUser, offline, type Relier, signIn, type Tokens } from '../../../../test/setup/oidc-flow.ts';
import { type OidcServer, startOidcServer } from '../../../../test/setup/oidc-server.ts';
import { databases } from '../../../../test/setup/stores.ts';
import type { UserAgent } from '../../../../test/setup/user-agent.ts';
import { deleteExpired } from '../store/expired.ts';

/** Seconds. */
const day = 24 * 60 * 60;

describe.each(databases)('a session that a sign-in gives another id on %s', (database) => {
  let server: OidcServer;
  let relier: Relier;
  let accountId: string;
  let browser: UserAgent;
  beforeEach(async () => {
    server = await startOidcServer(database);
    relier = await newRelier(server);
    accountId = (await newUser(server, { username: 'ali' })).id;
    ({ browser } = await signIn(server, { relier, accountId, parameters: offline }));
  });
  afterEach(() => server.close());

  /** Another sign-in in this browser that is through but for the last request. */
  async function signInAgain(by: Relier = relier, parameters = {}) {
    const kept = await by.start({ ...parameters, prompt: 'login consent' });
    const page = await browser.visit(kept.url);
    return { kept, url: await server.finish(page.url.searchParams.get('flow') ?? '', { accountId }) };
  }
  const others = (count: number) => Promise.all(Array.from({ length: count }, () => newRelier(server)));
  const isSignedIn = async (agent = browser) =>
    (await agent.visit((await relier.start({ prompt: 'none' })).url)).url.searchParams.has('code');
  const listed = () => server.sessions.list(accountId);
  const works = (one: Relier, { access_token }: Tokens) =>
    client.fetchUserInfo(one.configuration, access_token, accountId).then(
      () => true,
      () => false,
    );

  test.each([
    ['tokens that end with it', {}],
    ['offline access', offline],
  ])('other tabs at the same moment get %s, are listed, and end with it', async (_what, parameters) => {
    const reliers = await others(5);
    const again = await signInAgain(reliers[4], parameters);
    const started = await Promise.all(reliers.slice(0, 4).map((one) => one.start(parameters)));
    const answers = await Promise.all([...started, again].map(({ url }) => browser.visit(url)));
    const tokens = await Promise.all(
      [...started, again.kept].map((kept, index) =>
        (reliers[index] as Relier).finish(answers[index]?.url as URL, kept),
      ),
    );
    const working = () => Promise.all(reliers.map((one, index) => works(one, tokens[index] as Tokens)));
    expect(await working()).toEqual(Array(5).fill(true));
    expect(await isSignedIn()).toBe(true);
    const sessions = await listed();
    expect(sessions.map(({ applications }) => applications.length)).toEqual([6]);
    expect(await server.sessions.end(accountId, sessions[0]?.id ?? '')).toBe(true);
    expect(await working()).toEqual(Array(5).fill(false));
    for (const [index, { refresh_token }] of tokens.entries()) {
      if (refresh_token === undefined) continue;
      const { configuration } = reliers[index] as Relier;
      await expect(client.refreshTokenGrant(configuration, refresh_token)).rejects.toMatchObject({
        error: 'invalid_grant',
      });
    }
    expect(await isSignedIn()).toBe(false);
  });

  test('two sign-ins in one browser at the same moment are both good, and it stays signed in', async () => {
    const [one, other] = (await others(2)) as [Relier, Relier];
    const begun = [await signInAgain(one), await signInAgain(other)];
    const answers = await Promise.all(begun.map(({ url }) => browser.visit(url)));
    const tokens = await Promise.all(
      [one, other].map((each, index) => each.finish(answers[index]?.url as URL, begun[index]?.kept as never)),
    );
    expect(await Promise.all([one, other].map((each, index) => works(each, tokens[index] as Tokens)))).toEqual([
      true,
      true,
    ]);
    expect((await listed()).map(({ applications }) => applications.length)).toEqual([3]);
    expect(await isSignedIn()).toBe(true);
  });

  test('the id of before is good for nothing', async () => {
    const thief = browser.copy();
    await browser.visit((await signInAgain()).url);
    server.advance(3_000);
    expect(await isSignedIn(thief)).toBe(false);
    await thief.visit(`${server.url}/oidc/session/end`);
    expect(await isSignedIn()).toBe(true);
    expect((await listed())[0]?.applications.map(({ name }) => name)).toEqual(['Shop']);
  });

  test('what its owner ended is not brought back by a sign-in that began before', async () => {
    const { url, kept } = await signInAgain(relier, offline);
    const [session] = await listed();
    const answers = await Promise.all([
      browser.visit(url),
      server.sessions.end(accountId, session?.id ?? ''),
      browser.visit((await relier.start()).url),
    ]);
    // Whichever was first: a session that goes on is listed, and can be ended.
    const isOver = answers[1] && (await listed()).every(({ id }) => id !== session?.id);
    expect(isOver).toBe(true);
    const tokens = await relier.finish(answers[0].url, kept).catch(() => undefined);
    if (tokens && (await works(relier, tokens))) expect(await listed()).toHaveLength(1);
    await server.sessions.endAll(accountId);
    expect(await isSignedIn()).toBe(false);
    if (tokens) expect(await works(relier, tokens)).toBe(false);
  });

  test('a sign-out that was asked for before goes on after it', async () => {
    const page = await browser.visit(`${server.url}/oidc/session/end`);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(await page.response.text())?.[1] ?? '';
    const { url } = await signInAgain();
    const body = new URLSearchParams({ xsrf, logout: 'yes' });
    await browser.visit(url);
    expect((await browser.send(`${server.url}/oidc/session/end/confirm`, { method: 'POST', body })).status).toBe(303);
    expect(await listed()).toEqual([]);
    expect(await isSignedIn()).toBe(false);
  });

  test('a browser with the cookie of a session that is over keeps it until somebody signs in', async () => {
    await server.sessions.endAll(accountId);
    const before = browser.cookies()._session;
    const [one, other] = await Promise.all([relier.start(), relier.start()]);
    const page = await browser.visit(one.url);
    const url = await server.finish(page.url.searchParams.get('flow') ?? '', { accountId });
    expect(browser.cookies()._session).toBe(before);
    await Promise.all([browser.visit(url), browser.visit(other.url)]);
    expect(await isSignedIn()).toBe(true);
  });

  test('a grant that was made while its session ended is gone before the session is forgotten', async () => {
    const [session] = await listed();
    const tab = await newRelier(server);
    await server.applications.update(tab.id, { customClientMetadata: { refreshTokenTtl: 3650 * day } });
    const started = await tab.start(offline);
    const tokens = await tab.finish((await browser.visit(started.url)).url, started);
    const rows = await server.store.db.selectFrom('oidc_models').selectAll().where('model', '<>', 'Session').execute();
    await server.sessions.end(accountId, session?.id ?? '');
    await server.store.db.deleteFrom('oidc_models').where('model', '<>', 'Session').execute();
    await server.store.db.insertInto('oidc_models').values(rows).execute();
    const refresh = () => client.refreshTokenGrant(tab.configuration, tokens.refresh_token ?? '');
    for (const days of [0, 14, 16, 3000]) {
      await deleteExpired(server.store, { now: Date.now() + days * day * 1000, messagesMs: null });
      await expect(refresh()).rejects.toMatchObject({ error: 'invalid_grant' });
    }
  });
});
