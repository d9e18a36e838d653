import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newRelier, newUser, offline, type Relier, signIn } from '../../../../test/setup/oidc-flow.ts';
import { type OidcServer, startOidcServer } from '../../../../test/setup/oidc-server.ts';
import type { CustomClientMetadata } from '../accounts/custom-client-metadata.ts';
import type { ApplicationType } from '../store/tables/applications.ts';

const day = 24 * 60 * 60;
const invalidGrant = { error: 'invalid_grant' };

describe('what an application says of its tokens', () => {
  let server: OidcServer;
  let accountId: string;
  beforeEach(async () => {
    server = await startOidcServer('SQLite');
    accountId = (await newUser(server, { username: 'ali' })).id;
  });
  afterEach(async () => {
    vi.useRealTimers();
    await server.close();
  });

  const set = (relier: Relier, customClientMetadata: CustomClientMetadata) =>
    server.applications.update(relier.id, { customClientMetadata });
  const newRelierWith = async (settings: CustomClientMetadata, type?: ApplicationType) => {
    const relier = await newRelier(server, type);
    await set(relier, settings);
    return relier;
  };
  const refresh = ({ configuration }: Relier, token: string | undefined) =>
    client.refreshTokenGrant(configuration, token ?? '');
  /** Moves the one clock of the server, oidc-provider and the client. */
  const waitSeconds = (seconds: number) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
  };

  test('an ID token is valid as long as told, at sign-in and at each refresh', async () => {
    const relier = await newRelierWith({ idTokenTtl: 300 }, 'SPA');
    const lifetimeOf = ({ id_token = '' }: client.TokenEndpointResponse) => {
      const { iat = 0, exp = 0 } = decodeJwt(id_token);
      return exp - iat;
    };
    const { tokens } = await signIn(server, { relier, accountId, parameters: offline });
    expect(lifetimeOf(tokens)).toBe(300);
    const next = await refresh(relier, tokens.refresh_token);
    expect(lifetimeOf(next)).toBe(300);
    await set(relier, {});
    expect(lifetimeOf(await refresh(relier, next.refresh_token))).toBe(3600);
  });

  test.each<[CustomClientMetadata, number]>([
    [{}, 14 * day],
    [{ refreshTokenTtl: 600 }, 600],
    [{ refreshTokenTtlInDays: 1 }, day],
    [{ refreshTokenTtl: 600, refreshTokenTtlInDays: 2 }, 2 * day],
    [{ refreshTokenTtlInDays: 180 }, 180 * day],
    [{ refreshTokenTtl: 100_000_000 }, 100_000_000],
  ])('with %j a refresh token works for %i s, and not longer', async (settings, seconds) => {
    const relier = await newRelierWith(settings);
    const { tokens } = await signIn(server, { relier, accountId, parameters: offline });
    waitSeconds(seconds - 60);
    const next = await refresh(relier, tokens.refresh_token);
    if (seconds > 180 * day - 60) return;
    waitSeconds(seconds + 1);
    await expect(refresh(relier, next.refresh_token)).rejects.toMatchObject(invalidGrant);
  });

  test.each(['Traditional', 'SPA'] as const)(
    'without rotation, a %s application uses the same refresh token again and again, until it expires',
    async (type) => {
      const relier = await newRelierWith({ rotateRefreshToken: false, refreshTokenTtlInDays: 3 }, type);
      const { tokens } = await signIn(server, { relier, accountId, parameters: offline });
      for (let use = 0; use < 3; use += 1) {
        server.advance(60_000);
        const { refresh_token, access_token } = await refresh(relier, tokens.refresh_token);
        expect(refresh_token).toBe(tokens.refresh_token);
        await client.fetchUserInfo(relier.configuration, access_token, accountId);
      }
      waitSeconds(3 * day + 1);
      await expect(refresh(relier, tokens.refresh_token)).rejects.toMatchObject(invalidGrant);
    },
  );

  test('without rotation, what ends a sign-in ends the refresh token', async () => {
    const relier = await newRelierWith({ rotateRefreshToken: false });
    const { tokens } = await signIn(server, { relier, accountId, parameters: offline });
    await server.sessions.endAll(accountId);
    await expect(refresh(relier, tokens.refresh_token)).rejects.toMatchObject(invalidGrant);
    const other = (await signIn(server, { relier, accountId, parameters: offline })).tokens;
    await client.tokenRevocation(relier.configuration, other.refresh_token ?? '');
    await expect(refresh(relier, other.refresh_token)).rejects.toMatchObject(invalidGrant);
  });

  test('a token that was replaced stays so when rotation is switched off, and on', async () => {
    const relier = await newRelierWith({ rotateRefreshToken: true });
    const { tokens } = await signIn(server, { relier, accountId, parameters: offline });
    const second = await refresh(relier, tokens.refresh_token);
    await set(relier, { rotateRefreshToken: false });
    expect((await refresh(relier, second.refresh_token)).refresh_token).toBe(second.refresh_token);
    server.advance(10_000);
    await set(relier, {});
    const third = await refresh(relier, second.refresh_token);
    expect(third.refresh_token).not.toBe(second.refresh_token);
    server.advance(10_000);
    await set(relier, { rotateRefreshToken: false });
    await expect(refresh(relier, second.refresh_token)).rejects.toMatchObject(invalidGrant);
    await expect(refresh(relier, third.refresh_token)).rejects.toMatchObject(invalidGrant);
  });

  test.each<[ApplicationType, boolean]>([
    ['SPA', true],
    ['Traditional', true],
    ['Native', false],
  ])('%s: whether a refresh token always comes can be %s', async (type, always) => {
    const relier = await newRelierWith({ alwaysIssueRefreshToken: true }, type);
    const { tokens } = await signIn(server, { relier, accountId });
    expect(tokens.refresh_token !== undefined).toBe(always);
    await set(relier, { alwaysIssueRefreshToken: false });
    expect((await signIn(server, { relier, accountId })).tokens.refresh_token).toBeUndefined();
    if (!always) return;
    const next = await refresh(relier, tokens.refresh_token);
    // It has no offline access, so that it ends with the session.
    const sessions = await server.sessions.list(accountId);
    await Promise.all(sessions.map(({ id }) => server.sessions.leave(accountId, id)));
    await expect(refresh(relier, next.refresh_token)).rejects.toMatchObject(invalidGrant);
  });

  test('pages of the origins that it names call the token endpoints, and pages of others do not', async () => {
    const named = ['https://shop.example', 'http://localhost:5173', 'capacitor://localhost'];
    const relier = await newRelierWith({ corsAllowedOrigins: named }, 'SPA');
    const { tokens } = await signIn(server, { relier, accountId, parameters: offline });
    let refreshToken = tokens.refresh_token ?? '';
    const call = async (origin: string, path: string, init: RequestInit) => {
      const headers = { ...(init.headers as Record<string, string>), origin };
      const reply = await fetch(`${server.url}/oidc/${path}`, { ...init, headers });
      return { allowed: reply.headers.get('access-control-allow-origin'), reply };
    };
    const token = () => {
      const parameters = { client_id: relier.id, grant_type: 'refresh_token', refresh_token: refreshToken };
      return { method: 'POST', body: new URLSearchParams(parameters) };
    };
    const who = { headers: { authorization: `Bearer ${tokens.access_token}` } };
    for (const origin of ['https://shop.example.evil.example', 'https://evil.example', 'http://shop.example', 'null']) {
      expect((await call(origin, 'token', token())).allowed, origin).toBeNull();
      expect((await call(origin, 'me', who)).allowed, origin).toBeNull();
    }
    for (const origin of ['https://app.example.com', ...named]) {
      for (const path of ['token', 'me', 'jwks', 'token/revocation', '.well-known/openid-configuration']) {
        const asked = {
          'access-control-request-method': path.startsWith('token') ? 'POST' : 'GET',
          'access-control-request-headers': 'authorization,content-type',
        };
        const preflight = await call(origin, path, { method: 'OPTIONS', headers: asked });
        expect([path, preflight.reply.status, preflight.allowed]).toEqual([path, 204, origin]);
        expect(preflight.reply.headers.get('access-control-allow-methods')).toContain(
          asked['access-control-request-method'],
        );
        expect(preflight.reply.headers.get('access-control-allow-headers')).toMatch(/authorization,content-type/);
      }
      const refreshed = await call(origin, 'token', token());
      expect([refreshed.reply.status, refreshed.allowed]).toEqual([200, origin]);
      refreshToken = ((await refreshed.reply.json()) as { refresh_token: string }).refresh_token;
      expect((await call(origin, 'me', who)).allowed).toBe(origin);
      expect((await call(origin, 'jwks', {})).allowed).toBe(origin);
    }
  });
});
