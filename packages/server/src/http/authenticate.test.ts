import { generateKeyPairSync } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import * as client from 'openid-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OidcServer, startOidcServer } from '../../../../test/setup/oidc-server.ts';
import { databases } from '../../../../test/setup/stores.ts';
import { createApplications } from '../accounts/applications.ts';
import { createSigningKeys } from '../oidc/signing-keys.ts';
import { platform } from '../platform.ts';
import { createHeld } from '../store/held.ts';
import { createAuthenticate } from './authenticate.ts';
import { handleErrors } from './errors.ts';

describe.each(databases)('the proof of a back end on %s', (database) => {
  let server: OidcServer;
  let now: number;
  /** How often applications were looked up, and keys were. */
  let lookups: { applications: number; keys: number };
  beforeEach(async () => {
    now = Date.now();
    lookups = { applications: 0, keys: 0 };
    server = await startOidcServer(database, { prepare: addGuardedRoute });
  });
  afterEach(() => server.close());

  function addGuardedRoute({ app, url, apiIndicator, applications, signingKeys, held }: OidcServer): void {
    const authenticate = createAuthenticate({
      applications: {
        ...applications,
        mayManage: (...which) => {
          lookups.applications += 1;
          return applications.mayManage(...which);
        },
      },
      signingKeys: {
        ...signingKeys,
        verificationKey: (kid) => {
          lookups.keys += 1;
          return signingKeys.verificationKey(kid);
        },
      },
      platform: { ...platform, now: () => now },
      held,
      settings: { publicUrl: url, apiIndicator },
    });
    handleErrors(app);
    app.get('/guarded', { onRequest: authenticate }, () => 'in');
  }

  const call = async (authorization?: string) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const response = await fetch(`${server.url}/guarded`, { headers });
    const challenge = response.headers.get('www-authenticate');
    const { code } = response.ok ? {} : ((await response.json()) as { code?: string });
    return { status: response.status, challenge, code };
  };
  const machine = async () => {
    const { id, secret } = await server.applications.create({ name: 'Back end', type: 'MachineToMachine' });
    return { id, secret: secret ?? '' };
  };
  const getToken = async ({ id, secret }: { id: string; secret: string }, scope = 'all') => {
    const configuration = await client.discovery(new URL(`${server.url}/oidc`), id, secret, undefined, {
      execute: [client.allowInsecureRequests],
    });
    const resource = server.apiIndicator;
    return (await client.clientCredentialsGrant(configuration, { resource, scope })).access_token;
  };
  const claims = async () => {
    const { id } = await machine();
    const exp = Math.floor(now / 1000) + 60;
    return { iss: `${server.url}/oidc`, aud: server.apiIndicator, exp, client_id: id, sub: id, scope: 'all' };
  };
  /** Signs with a key that is published, unless told otherwise. */
  const sign = async (
    payload: Record<string, unknown>,
    { typ = 'at+jwt', key = undefined as object | undefined } = {},
  ) => {
    const [published] = await server.signingKeys.all();
    return new SignJWT(payload)
      .setProtectedHeader({ alg: 'ES256', typ, kid: published?.jwk.kid ?? '' })
      .sign((key ?? published?.jwk) as never);
  };

  const invalid = { status: 401, code: 'auth.unauthorized', challenge: 'Bearer error="invalid_token"' };

  test('a token with the scope all opens', async () => {
    const token = await getToken(await machine());
    expect(await call(`Bearer ${token}`)).toMatchObject({ status: 200 });
    expect(await call(`bearer ${token}`)).toMatchObject({ status: 200 });
  });

  test('a token without the scope is forbidden', async () => {
    const token = await getToken(await machine(), '');
    const refusal = {
      status: 403,
      code: 'auth.forbidden',
      challenge: 'Bearer error="insufficient_scope", scope="all"',
    };
    expect(await call(`Bearer ${token}`)).toEqual(refusal);
    expect(await call(`Bearer ${token}`)).toEqual(refusal);
    const { scope: _, ...others } = await claims();
    expect(await call(`Bearer ${await sign({ ...others, scope: 'allowed call' })}`)).toEqual(refusal);
  });

  test('without a token nobody is let in', async () => {
    for (const authorization of [undefined, '', 'Bearer', 'Basic YTpi']) {
      expect(await call(authorization)).toEqual({ status: 401, code: 'auth.unauthorized', challenge: 'Bearer' });
    }
  });

  test.each(['Bearer x', 'Bearer a.b.c', 'Bearer eyJhbGciOiJFUzI1NiJ9.e30.AA'])(
    '%s is no token',
    async (authorization) => {
      expect(await call(authorization)).toEqual(invalid);
    },
  );

  test('tokens that are not ours to accept are refused, one claim at a time', async () => {
    const good = await claims();
    expect(await call(`Bearer ${await sign(good)}`)).toMatchObject({ status: 200 });
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const bad = {
      issuer: await sign({ ...good, iss: `${server.url}/other` }),
      audience: await sign({ ...good, aud: 'https://other.example/api' }),
      expired: await sign({ ...good, exp: Math.floor(now / 1000) }),
      endless: await sign({ ...good, exp: undefined }),
      nobody: await sign({ ...good, client_id: undefined }),
      user: await sign({ ...good, sub: 'a-user' }),
      unknownApplication: await sign({ ...good, client_id: 'unknown' }),
      kind: await sign(good, { typ: 'JWT' }),
      foreignKey: await sign(good, { key: privateKey }),
      unsigned: new UnsecuredJWT(good).encode(),
    };
    for (const [what, token] of Object.entries(bad)) {
      expect({ what, ...(await call(`Bearer ${token}`)) }).toEqual({ what, ...invalid });
    }
  });

  test('a token is verified once, and stops when it expires', async () => {
    const token = await getToken(await machine());
    // However long that took: the token counts from when it was made.
    now = Date.now();
    for (let times = 0; times < 3; times += 1) expect((await call(`Bearer ${token}`)).status).toBe(200);
    // Whether the application and the key are still there is known until something changes; the key also verifies the
    // token.
    expect(lookups).toEqual({ applications: 1, keys: 2 });
    await server.applications.create({ name: 'Another', type: 'SPA' });
    expect((await call(`Bearer ${token}`)).status).toBe(200);
    expect(lookups).toEqual({ applications: 2, keys: 3 });
    now += 3_500_000;
    expect((await call(`Bearer ${token}`)).status).toBe(200);
    now += 101_000;
    expect(await call(`Bearer ${token}`)).toEqual(invalid);
  });

  test('a token of a deleted application stops at once', async () => {
    const application = await machine();
    const token = await getToken(application);
    await call(`Bearer ${token}`);
    await server.applications.delete(application.id);
    expect(await call(`Bearer ${token}`)).toEqual(invalid);
    expect(await call(`Bearer ${token}`)).toEqual(invalid);
  });

  test('nor does it work for an application that is made again with the same id and secret', async () => {
    const application = await machine();
    const [known, unused] = [await getToken(application), await getToken(application)];
    await call(`Bearer ${known}`);
    for (let times = 0; times < 2; times += 1) {
      await server.applications.delete(application.id);
      await server.applications.create({ ...application, name: 'Back end', type: 'MachineToMachine' });
      for (const token of [known, unused]) expect(await call(`Bearer ${token}`)).toEqual(invalid);
      expect((await call(`Bearer ${await getToken(application)}`)).status).toBe(200);
    }
  });

  test('a token of an application that may not call any more stops at once, whichever process says so', async () => {
    const application = await machine();
    const [known, unused] = [await getToken(application), await getToken(application)];
    expect((await call(`Bearer ${known}`)).status).toBe(200);
    const { store } = server;
    const elsewhere = createApplications({ store, platform, held: createHeld({ store, platform }) });
    await elsewhere.update(application.id, { isAdmin: false });
    for (const token of [known, unused]) expect(await call(`Bearer ${token}`)).toEqual(invalid);
    await expect(getToken(application)).rejects.toMatchObject({ error: 'invalid_target' });
    await elsewhere.update(application.id, { isAdmin: true });
    expect((await call(`Bearer ${known}`)).status).toBe(200);
    expect((await call(`Bearer ${await getToken(application)}`)).status).toBe(200);
  });

  test('tokens of rotated keys, and of keys that another process made, open', async () => {
    const application = await machine();
    const { store, secretKeys } = server;
    const before = await getToken(application);
    const elsewhere = await createSigningKeys({ store, platform, held: createHeld({ store, platform }), secretKeys });
    await elsewhere.rotateSigningKey();
    const [newest] = await elsewhere.all();
    const theirs = await new SignJWT(await claims())
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: newest?.jwk.kid ?? '' })
      .sign(newest?.jwk ?? {});
    expect((await call(`Bearer ${before}`)).status).toBe(200);
    expect((await call(`Bearer ${theirs}`)).status).toBe(200);
  });
});
