import * as client from 'openid-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newRelier, newUser, offline, type Relier, signIn } from '../../../../test/setup/oidc-flow.ts';
import { type OidcServer, startOidcServer } from '../../../../test/setup/oidc-server.ts';
import { databases } from '../../../../test/setup/stores.ts';

describe.each(databases)('an application that is made again with the id of a deleted one on %s', (database) => {
  let server: OidcServer;
  let relier: Relier;
  let accountId: string;
  beforeEach(async () => {
    server = await startOidcServer(database);
    relier = await newRelier(server, 'SPA');
    accountId = (await newUser(server, { username: 'ali' })).id;
  });
  afterEach(() => server.close());

  async function makeAgain() {
    await server.applications.delete(relier.id);
    await server.applications.create({
      ...{ id: relier.id, name: 'Another shop', type: 'SPA' },
      oidcClientMetadata: { redirectUris: [relier.redirectUri] },
    });
  }
  const refused = { error: 'invalid_grant' };

  test('gets nothing of what the other was given', async () => {
    const { tokens, browser } = await signIn(server, { relier, accountId, parameters: offline });
    const under = await relier.start();
    const way = (await browser.visit(under.url)).url;
    const page = await browser.visit((await relier.start({ prompt: 'login' })).url);
    const flow = page.url.searchParams.get('flow') ?? '';
    await makeAgain();
    const refresh = () => client.refreshTokenGrant(relier.configuration, tokens.refresh_token ?? '');
    await expect(refresh()).rejects.toMatchObject(refused);
    await expect(relier.finish(way, under)).rejects.toMatchObject(refused);
    const info = client.fetchUserInfo(relier.configuration, tokens.access_token, accountId);
    await expect(info).rejects.toMatchObject({ status: 401 });
    expect(await server.interactions.findAccessToken(tokens.access_token)).toBeUndefined();
    expect(await server.findRequest(flow)).toBeUndefined();
    await expect(server.finish(flow, { accountId })).rejects.toMatchObject({ code: 'session.not_found' });
    expect((await server.sessions.list(accountId)).map(({ applications }) => applications)).toEqual([[]]);
  });

  test('signs the same browser in, and what the other was given stays void', async () => {
    const { tokens, browser } = await signIn(server, { relier, accountId, parameters: offline });
    await makeAgain();
    for (let times = 0; times < 2; times += 1) {
      const started = await relier.start({ prompt: 'none', scope: 'openid' });
      const again = await relier.finish((await browser.visit(started.url)).url, started);
      expect(again.scope).toBe('openid');
      await client.fetchUserInfo(relier.configuration, again.access_token, accountId);
    }
    const refresh = client.refreshTokenGrant(relier.configuration, tokens.refresh_token ?? '');
    await expect(refresh).rejects.toMatchObject(refused);
    const [session] = await server.sessions.list(accountId);
    expect(session?.applications.map(({ name }) => name)).toEqual(['Another shop']);
  });

  test('gets nothing of what a request under way makes for the other', async () => {
    const { tokens } = await signIn(server, { relier, accountId, parameters: offline });
    const rows = await server.store.db.selectFrom('oidc_models').selectAll().execute();
    await makeAgain();
    await server.store.db.deleteFrom('oidc_models').execute();
    await server.store.db.insertInto('oidc_models').values(rows).execute();
    const refresh = client.refreshTokenGrant(relier.configuration, tokens.refresh_token ?? '');
    await expect(refresh).rejects.toMatchObject(refused);
  });
});
