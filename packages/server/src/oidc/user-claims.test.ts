import * as client from 'openid-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newRelier, newUser, offline, type Relier, signIn, usersOf } from '../../../../test/setup/oidc-flow.ts';
import { type OidcServer, startOidcServer } from '../../../../test/setup/oidc-server.ts';
import { newUserAgent } from '../../../../test/setup/user-agent.ts';

describe('what applications learn of a user', () => {
  let server: OidcServer;
  let relier: Relier;
  beforeEach(async () => {
    server = await startOidcServer('SQLite');
    relier = await newRelier(server);
  });
  afterEach(() => server.close());

  const userInfo = async (accessToken: string, sub: string) =>
    client.fetchUserInfo(relier.configuration, accessToken, sub);

  test('the ID token and userinfo hold the claims of the scopes', async () => {
    const fields = { username: 'ali', name: 'Ali Baba', primaryPhone: '+8613800138000', customData: { door: 'open' } };
    const primaryEmail = 'Ali@example.com';
    const { id } = await newUser(server, { ...fields, primaryEmail });
    const claims = {
      sub: id,
      name: 'Ali Baba',
      username: 'ali',
      phone_number: '+8613800138000',
      phone_number_verified: true,
      email: primaryEmail,
      email_verified: true,
    };
    const { tokens } = await signIn(server, {
      relier,
      accountId: id,
      parameters: { scope: 'openid profile phone email custom_data' },
    });
    expect(tokens.claims()).toMatchObject({ ...claims, iss: `${server.url}/oidc`, aud: relier.id });
    expect(tokens.claims()).not.toHaveProperty('custom_data');
    expect(await userInfo(tokens.access_token, id)).toEqual({ ...claims, custom_data: { door: 'open' } });
  });

  test('the scope profile tells the picture and the profile, the scope address where somebody lives', async () => {
    const { id } = await newUser(server, {
      avatar: 'https://example.com/ali.png',
      profile: { familyName: 'Baba', birthdate: '0800-01-01', address: { streetAddress: 'Cave 40', country: 'IR' } },
    });
    const claims = { sub: id, picture: 'https://example.com/ali.png', family_name: 'Baba', birthdate: '0800-01-01' };
    const ask = async (scope: string) => {
      const { tokens } = await signIn(server, { relier, accountId: id, parameters: { scope } });
      return userInfo(tokens.access_token, id);
    };
    expect(await ask('openid profile')).toEqual(claims);
    expect(await ask('openid address')).toEqual({ sub: id, address: { street_address: 'Cave 40', country: 'IR' } });
  });

  test('a scope that was not asked for tells nothing; what is unknown is left out', async () => {
    const { id } = await newUser(server, { primaryPhone: '+8613800138000' });
    const bare = await signIn(server, { relier, accountId: id, parameters: { scope: 'openid' } });
    expect(await userInfo(bare.tokens.access_token, id)).toEqual({ sub: id });
    const { tokens } = await signIn(server, {
      relier,
      accountId: id,
      parameters: { scope: 'openid profile email roles' },
    });
    expect(await userInfo(tokens.access_token, id)).toEqual({ sub: id });
    expect(tokens.scope).toBe('openid profile email');
  });

  test('userinfo is as the user is now', async () => {
    const { id } = await newUser(server, { username: 'ali' });
    const { tokens } = await signIn(server, { relier, accountId: id });
    await usersOf(server.store).update(id, { primaryPhone: '+12025550143' });
    expect(await userInfo(tokens.access_token, id)).toMatchObject({ phone_number: '+12025550143' });
  });

  test.each([
    ['suspended', (id: string) => usersOf(server.store).setSuspended(id, true)],
    ['deleted', (id: string) => usersOf(server.store).delete(id)],
  ])('a user who is %s is nobody at once', async (_what, end) => {
    const { id } = await newUser(server, { username: 'ali' });
    const { tokens, browser } = await signIn(server, { relier, accountId: id, parameters: offline });
    const kept = await relier.start(offline);
    const waiting = await browser.visit(kept.url);
    const another = await relier.start();
    expect(waiting.url.searchParams.get('code')).not.toBeNull();
    await end(id);

    await expect(userInfo(tokens.access_token, id)).rejects.toMatchObject({ status: 401 });
    await expect(client.refreshTokenGrant(relier.configuration, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    await expect(relier.finish(waiting.url, kept)).rejects.toMatchObject({ error: 'invalid_grant' });
    expect((await browser.visit(another.url)).url.pathname).toBe('/sign-in');
    const silent = await relier.start({ prompt: 'none' });
    expect((await browser.visit(silent.url)).url.searchParams.get('error')).toBe('login_required');
  });

  test('a user who is suspended in the middle of a sign-in does not get through', async () => {
    const { id } = await newUser(server, { username: 'ali' });
    const browser = newUserAgent();
    const page = await browser.visit((await relier.start()).url);
    const resume = await server.finish(page.url.searchParams.get('flow') ?? '', { accountId: id });
    await usersOf(server.store).setSuspended(id, true);
    const { url } = await browser.visit(resume);
    expect(`${url.origin}${url.pathname}`).toBe(`${server.url}/sign-in`);
  });
});
