import * as client from 'openid-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newRelier, newUser, offline, type Relier, signIn } from '../../../../test/setup/oidc-flow.ts';
import { type OidcServer, startOidcServer } from '../../../../test/setup/oidc-server.ts';
import { databases } from '../../../../test/setup/stores.ts';
import { maxTokensPerHour } from './grant-limit.ts';

describe.each(databases)('tokens on %s', (database) => {
  let server: OidcServer;
  let accountId: string;
  beforeEach(async () => {
    server = await startOidcServer(database);
    accountId = (await newUser(server, { username: 'ali' })).id;
  });
  afterEach(() => server.close());

  const refresh = ({ configuration }: Relier, token: string | undefined) =>
    client.refreshTokenGrant(configuration, token ?? '');
  const invalidGrant = { error: 'invalid_grant' };

  test.each(['SPA', 'Native', 'Traditional'] as const)(
    'a %s application refreshes, each time with the new token',
    async (type) => {
      const relier = await newRelier(server, type);
      const { tokens } = await signIn(server, { relier, accountId, parameters: offline });
      const second = await refresh(relier, tokens.refresh_token);
      expect(second.refresh_token).not.toBe(tokens.refresh_token);
      expect(second.claims()).toMatchObject({ sub: accountId });
      const third = await refresh(relier, second.refresh_token);
      await client.fetchUserInfo(relier.configuration, third.access_token, accountId);
    },
  );

  test('a refresh token that comes again later ends all that came from it', async () => {
    const relier = await newRelier(server);
    const { tokens } = await signIn(server, { relier, accountId, parameters: offline });
    const second = await refresh(relier, tokens.refresh_token);
    server.advance(10_000);
    await expect(refresh(relier, tokens.refresh_token)).rejects.toMatchObject(invalidGrant);
    await expect(refresh(relier, second.refresh_token)).rejects.toMatchObject(invalidGrant);
    await expect(client.fetchUserInfo(relier.configuration, second.access_token, accountId)).rejects.toMatchObject({
      status: 401,
    });
  });

  describe('a refresh token that was used so long ago that it is forgotten', () => {
    let relier: Relier;
    let first: string | undefined;
    let last: client.TokenEndpointResponse;
    beforeEach(async () => {
      relier = await newRelier(server);
      // The last second of it counts.
      server.stopClock();
      first = (await signIn(server, { relier, accountId, parameters: offline })).tokens.refresh_token;
      last = await refresh(relier, (await refresh(relier, first)).refresh_token);
      server.advance(10_000);
      const used = server.store.db.deleteFrom('oidc_models').where('model', '=', 'RefreshToken');
      await used.where('consumed_at', 'is not', null).execute();
    });
    const isGood = async () => {
      await client.fetchUserInfo(relier.configuration, last.access_token, accountId);
      last = await refresh(relier, last.refresh_token);
    };

    test('ends all that came from it, too', async () => {
      await isGood();
      await expect(refresh(relier, first)).rejects.toMatchObject(invalidGrant);
      await expect(refresh(relier, last.refresh_token)).rejects.toMatchObject(invalidGrant);
      await expect(client.fetchUserInfo(relier.configuration, last.access_token, accountId)).rejects.toMatchObject({
        status: 401,
      });
    });

    test('ends nothing by its end, elsewhere, or where it is no token of ours', async () => {
      await client.tokenRevocation(relier.configuration, first ?? '');
      await expect(refresh(await newRelier(server), first)).rejects.toMatchObject(invalidGrant);
      const parts = first?.split('.') ?? [];
      for (const at of [0, 2, 3]) {
        const forged = parts.map((part, index) => (index === at ? `a${part.slice(1)}z` : part)).join('.');
        await expect(refresh(relier, forged)).rejects.toMatchObject(invalidGrant);
      }
      await isGood();
      server.advance(14 * 86_400_000 - 11_000);
      await isGood();
      server.advance(12_000);
      await expect(refresh(relier, first)).rejects.toMatchObject(invalidGrant);
      await isGood();
    });
  });

  test('many at once are all answered with tokens that work; the grace counts from the first of them', async () => {
    const relier = await newRelier(server);
    const { tokens } = await signIn(server, { relier, accountId, parameters: offline });
    server.stopClock();
    const many = await Promise.all(Array.from({ length: 10 }, () => refresh(relier, tokens.refresh_token)));
    expect(new Set(many.map(({ refresh_token }) => refresh_token)).size).toBe(10);
    server.advance(9_000);
    const again = await Promise.all(many.map(({ refresh_token }) => refresh(relier, refresh_token)));
    for (const { access_token } of again) await client.fetchUserInfo(relier.configuration, access_token, accountId);
    await refresh(relier, tokens.refresh_token);
    server.advance(1_000);
    await expect(refresh(relier, tokens.refresh_token)).rejects.toMatchObject(invalidGrant);
    for (const { refresh_token } of again) {
      await expect(refresh(relier, refresh_token)).rejects.toMatchObject(invalidGrant);
    }
  });

  test('within the grace, a token whose sign-in has ended is refused all the same', async () => {
    const relier = await newRelier(server);
    const { tokens } = await signIn(server, { relier, accountId, parameters: offline });
    await refresh(relier, tokens.refresh_token);
    await server.sessions.endAll(accountId);
    await expect(refresh(relier, tokens.refresh_token)).rejects.toMatchObject(invalidGrant);
  });

  test('refreshes at once with the end of all sessions leave nothing that works', async () => {
    const relier = await newRelier(server);
    const { tokens } = await signIn(server, { relier, accountId, parameters: offline });
    const refreshes = Array.from({ length: 10 }, () => refresh(relier, tokens.refresh_token).catch(() => undefined));
    await server.sessions.endAll(accountId);
    for (const answer of await Promise.all(refreshes)) {
      if (!answer) continue;
      await expect(refresh(relier, answer.refresh_token)).rejects.toMatchObject(invalidGrant);
      const info = client.fetchUserInfo(relier.configuration, answer.access_token, accountId);
      await expect(info).rejects.toMatchObject({ status: 401 });
    }
  });

  test('a grant lasts as long as the session, or with offline access half a year, from the last sign-in on', async () => {
    const relier = await newRelier(server);
    const daysLeft = async () => {
      const [grant, ...others] = await server.store.db
        .selectFrom('oidc_models')
        .select('expires_at')
        .where('model', '=', 'Grant')
        .execute();
      expect(others).toEqual([]);
      return Math.round(((grant?.expires_at ?? 0) - Date.now()) / 86_400_000);
    };
    const { browser } = await signIn(server, { relier, accountId });
    expect(await daysLeft()).toBe(14);
    await browser.visit((await relier.start(offline)).url);
    expect(await daysLeft()).toBe(180);
  });

  test('an authorization code works once, and with its verifier only', async () => {
    const relier = await newRelier(server);
    const { browser } = await signIn(server, { relier, accountId });
    const kept = await relier.start();
    const { url } = await browser.visit(kept.url);
    await expect(relier.finish(url, { ...kept, verifier: client.randomPKCECodeVerifier() })).rejects.toMatchObject(
      invalidGrant,
    );
    const again = await relier.start();
    const answer = (await browser.visit(again.url)).url;
    await relier.finish(answer, again);
    await expect(relier.finish(answer, again)).rejects.toMatchObject(invalidGrant);
  });

  test('an authorization code that comes again ends nothing at first, and later what came from it alone', async () => {
    const relier = await newRelier(server);
    const { tokens: before, browser } = await signIn(server, { relier, accountId, parameters: offline });
    const kept = await relier.start(offline);
    const answer = (await browser.visit(kept.url)).url;
    server.stopClock();
    const both = await Promise.allSettled([relier.finish(answer, kept), relier.finish(answer, kept)]);
    const [tokens, ...others] = both.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(others).toEqual([]);
    expect(both).toContainEqual({ status: 'rejected', reason: expect.objectContaining(invalidGrant) });
    server.advance(9_000);
    await expect(relier.finish(answer, kept)).rejects.toMatchObject(invalidGrant);
    await client.fetchUserInfo(relier.configuration, tokens?.access_token ?? '', accountId);
    const successor = await refresh(relier, tokens?.refresh_token);
    const other = await refresh(relier, before.refresh_token);

    server.advance(1_000);
    await expect(relier.finish(answer, kept)).rejects.toMatchObject(invalidGrant);
    for (const { access_token } of [tokens, successor] as client.TokenEndpointResponse[]) {
      await expect(client.fetchUserInfo(relier.configuration, access_token, accountId)).rejects.toMatchObject({
        status: 401,
      });
    }
    await expect(refresh(relier, successor.refresh_token)).rejects.toMatchObject(invalidGrant);
    await client.fetchUserInfo(relier.configuration, other.access_token, accountId);
    await expect(refresh(relier, other.refresh_token)).resolves.toBeDefined();
  });

  describe('a request that is refused uses nothing up', () => {
    let relier: Relier;
    beforeEach(async () => {
      relier = await newRelier(server);
      server.stopClock();
    });
    const later = () => server.advance(60_000);
    const unknown = { resource: 'https://unknown.example' };

    test('for a resource that is not there', async () => {
      const { tokens } = await signIn(server, { relier, accountId, parameters: offline });
      const refused = client.refreshTokenGrant(relier.configuration, tokens.refresh_token ?? '', unknown);
      await expect(refused).rejects.toMatchObject({ error: 'invalid_target' });
      later();
      const { access_token } = await refresh(relier, tokens.refresh_token);
      await client.fetchUserInfo(relier.configuration, access_token, accountId);
      const made = server.store.db.selectFrom('oidc_models').select('id').where('model', '=', 'RefreshToken');
      expect(await made.execute()).toHaveLength(2);
    });

    test('because the database is away', async () => {
      const { tokens, browser } = await signIn(server, { relier, accountId, parameters: offline });
      const kept = await relier.start(offline);
      const answer = (await browser.visit(kept.url)).url;
      server.failWritesWith(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }));
      for (const ask of [() => refresh(relier, tokens.refresh_token), () => relier.finish(answer, kept)]) {
        const [refusal] = await Promise.allSettled([ask()]);
        const { cause } = (refusal as PromiseRejectedResult).reason as { cause: Response };
        expect([cause.status, cause.headers.get('retry-after')]).toEqual([503, '5']);
        expect(await cause.json()).toMatchObject({ error: 'server_error', code: 'oidc.server_error' });
      }
      server.failWritesWith(undefined);
      later();
      await expect(refresh(relier, tokens.refresh_token)).resolves.toBeDefined();
      await expect(relier.finish(answer, kept)).resolves.toBeDefined();
    });
  });

  // Counted in the process, whatever the database.
  test.skipIf(database !== 'SQLite')(
    'tokens that were not written count for nothing; too many say how long',
    async () => {
      const relier = await newRelier(server, 'SPA');
      server.stopClock();
      const { tokens } = await signIn(server, { relier, accountId, parameters: offline });
      const body = { grant_type: 'refresh_token', client_id: relier.id, refresh_token: tokens.refresh_token ?? '' };
      const ask = async () => {
        const response = await fetch(`${server.url}/oidc/token`, { method: 'POST', body: new URLSearchParams(body) });
        return [response.status, response.headers.get('retry-after')];
      };
      const asked = (times: number) => Promise.all(Array.from({ length: times }, ask));
      server.failWritesWith(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }));
      expect(await asked(20)).toEqual(Array(20).fill([503, '5']));
      server.failWritesWith(undefined);
      expect(await asked(maxTokensPerHour - 1)).toEqual(Array(maxTokensPerHour - 1).fill([200, null]));
      expect(await ask()).toEqual([429, '3600']);
    },
  );

  test.each(['Traditional', 'SPA'] as const)('a %s application revokes its tokens', async (type) => {
    const relier = await newRelier(server, type);
    const { tokens } = await signIn(server, { relier, accountId, parameters: offline });
    await client.tokenRevocation(relier.configuration, tokens.refresh_token ?? '');
    await expect(refresh(relier, tokens.refresh_token)).rejects.toMatchObject(invalidGrant);
    await expect(client.fetchUserInfo(relier.configuration, tokens.access_token, accountId)).rejects.toMatchObject({
      status: 401,
    });
  });

  // What follows is decided whatever the database.
  if (database !== 'SQLite') return;

  test('without offline_access, or without prompt=consent, there is no refresh token', async () => {
    const relier = await newRelier(server);
    const bare = await signIn(server, { relier, accountId });
    expect(bare.tokens.refresh_token).toBeUndefined();
    const { tokens } = await signIn(server, { relier, accountId, parameters: { scope: offline.scope } });
    expect(tokens.refresh_token).toBeUndefined();
  });

  test('a token of another application is refused', async () => {
    const [mine, theirs] = [await newRelier(server), await newRelier(server)];
    const { tokens } = await signIn(server, { relier: mine, accountId, parameters: offline });
    await expect(refresh(theirs, tokens.refresh_token)).rejects.toMatchObject(invalidGrant);
    await client.tokenRevocation(theirs.configuration, tokens.refresh_token ?? '').catch(() => {});
    await expect(refresh(mine, tokens.refresh_token)).resolves.toBeDefined();
  });

  test('a Traditional application needs its secret, a public one has none', async () => {
    const { id } = await newRelier(server, 'Traditional');
    const body = new URLSearchParams({ client_id: id, grant_type: 'refresh_token', refresh_token: 'any' });
    const response = await fetch(`${server.url}/oidc/token`, { method: 'POST', body });
    expect([response.status, await response.json()]).toMatchObject([401, { error: 'invalid_client' }]);
  });

  test('scripts of a single-page application may ask who it is and revoke, from its own origin alone', async () => {
    const relier = await newRelier(server, 'SPA');
    const { tokens } = await signIn(server, { relier, accountId, parameters: offline });
    const allowed = async (path: string, origin: string, init: RequestInit) => {
      const headers = { ...init.headers, origin };
      const response = await fetch(`${server.url}/oidc/${path}`, { ...init, headers });
      return response.headers.get('access-control-allow-origin');
    };
    const who = { headers: { authorization: `Bearer ${tokens.access_token}` } };
    const body = new URLSearchParams({ client_id: relier.id, token: tokens.refresh_token ?? '' });
    for (const [origin, expected] of [
      ['https://evil.example', null],
      ['https://app.example.com', 'https://app.example.com'],
    ] as const) {
      expect(await allowed('me', origin, who)).toBe(expected);
      expect(await allowed('token/revocation', origin, { method: 'POST', body })).toBe(expected);
    }
    const preflight = await fetch(`${server.url}/oidc/me`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example.com',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/authorization/i);
  });
});
