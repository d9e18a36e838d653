import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OidcServer, startOidcServer } from '../../../../test/setup/oidc-server.ts';
import { setSecurityHeaders } from '../http/security-headers.ts';
import { platform } from '../platform.ts';
import { createHeld } from '../store/held.ts';
import { createSigningKeys } from './signing-keys.ts';

describe('OpenID Connect', () => {
  let server: OidcServer;
  let resource: string;
  beforeEach(async () => {
    const prepare = ({ app, url }: OidcServer) => setSecurityHeaders(app, { publicUrl: url });
    server = await startOidcServer('SQLite', { prepare });
    resource = server.apiIndicator;
  });
  afterEach(() => server.close());

  const machine = async () => {
    const { id, secret } = await server.applications.create({ name: 'Back end', type: 'MachineToMachine' });
    return { id, secret: secret ?? '' };
  };
  const discover = (id: string, authentication?: client.ClientAuth) =>
    client.discovery(new URL(`${server.url}/oidc`), id, undefined, authentication, {
      execute: [client.allowInsecureRequests],
    });
  const publishedKeys = () => createRemoteJWKSet(new URL(`${server.url}/oidc/jwks`));
  const token = (body: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/oidc/token`, { method: 'POST', body: new URLSearchParams(body), headers });
  const clientCredentials = async (parameters: Record<string, string>) => {
    const { id, secret } = await machine();
    return client.clientCredentialsGrant(await discover(id, client.ClientSecretBasic(secret)), parameters);
  };

  test('replies carry the headers that tell browsers to be careful', async () => {
    const { headers } = await fetch(`${server.url}/oidc/.well-known/openid-configuration`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('discovery says what there is', async () => {
    const response = await fetch(`${server.url}/oidc/.well-known/openid-configuration`);
    const issuer = `${server.url}/oidc`;
    expect(await response.json()).toMatchObject({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/me`,
      jwks_uri: `${issuer}/jwks`,
      revocation_endpoint: `${issuer}/token/revocation`,
      end_session_endpoint: `${issuer}/session/end`,
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
      code_challenge_methods_supported: ['S256'],
      id_token_signing_alg_values_supported: ['ES256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
      scopes_supported: [
        ...['openid', 'offline_access', 'identities', 'urn:logto:scope:trusted_devices'],
        ...['profile', 'address', 'email', 'phone', 'custom_data'],
      ],
      prompt_values_supported: ['none', 'login', 'consent', 'create'],
    });
  });

  test.each([
    ['HTTP Basic', client.ClientSecretBasic],
    ['the body', client.ClientSecretPost],
  ])('a standard client gets an access token with its secret in %s', async (_where, authentication) => {
    const { id, secret } = await machine();
    const configuration = await discover(id, authentication(secret));
    const tokens = await client.clientCredentialsGrant(configuration, { resource, scope: 'all' });
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: 'all' });

    const { payload, protectedHeader } = await jwtVerify(tokens.access_token, publishedKeys());
    expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    expect(payload).toMatchObject({ iss: `${server.url}/oidc`, aud: resource, client_id: id, sub: id, scope: 'all' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
  });

  test('without a scope the token opens nothing', async () => {
    const tokens = await clientCredentials({ resource });
    const { payload } = await jwtVerify(tokens.access_token, publishedKeys());
    expect(payload).toMatchObject({ aud: resource });
    expect(payload).not.toHaveProperty('scope');
  });

  test('another resource, and none, are refused', async () => {
    const refused = { error: 'invalid_target' };
    await expect(clientCredentials({ resource: 'https://other.example/api', scope: 'all' })).rejects.toMatchObject(
      refused,
    );
    await expect(clientCredentials({ scope: 'all' })).rejects.toMatchObject(refused);
  });

  test('a wrong secret, the digest in its place, and an unknown client are refused alike', async () => {
    const { id, secret } = await machine();
    const row = await server.store.db.selectFrom('applications').select('secret_digest').executeTakeFirstOrThrow();
    const attempts = [
      [id, `${secret}x`],
      [id, ''.padEnd(secret.length, 'x')],
      [id, row.secret_digest ?? ''],
      ['nobody', secret],
      ['\0', secret],
    ] as const;
    for (const [client_id, client_secret] of attempts) {
      const response = await token({ client_id, client_secret, grant_type: 'client_credentials', resource });
      expect([response.status, await response.json()]).toEqual([
        401,
        {
          error: 'invalid_client',
          error_description: 'client authentication failed',
          code: 'oidc.invalid_client',
          message: 'client authentication failed',
        },
      ]);
    }
  });

  test('a replaced secret stops working, the new one works', async () => {
    const { id, secret } = await machine();
    const { secret: next } = await server.applications.rotateSecret(id);
    const request = { client_id: id, grant_type: 'client_credentials', resource };
    expect((await token({ ...request, client_secret: secret })).status).toBe(401);
    expect((await token({ ...request, client_secret: next })).status).toBe(200);
  });

  test('a seeded application gets a token', async () => {
    await server.applications.seed({ id: 'backend', secret: 'from:the%environment+', name: 'Management' });
    const configuration = await discover('backend', client.ClientSecretBasic('from:the%environment+'));
    const tokens = await client.clientCredentialsGrant(configuration, { resource, scope: 'all' });
    expect(tokens.scope).toBe('all');
  });

  test('applications that sign people in get no token for the Management API', async () => {
    const { id, secret } = await server.applications.create({ name: 'Web', type: 'Traditional' });
    const request = { client_id: id, client_secret: secret ?? '', grant_type: 'client_credentials', resource };
    const response = await token({ ...request, scope: 'all' });
    expect([response.status, await response.json()]).toMatchObject([400, { error: 'invalid_request' }]);
  });

  test('errors are JSON, also for browsers, and tell no secret, nor does the log', async () => {
    const { id, secret } = await machine();
    const body = { client_id: id, client_secret: `${secret}x`, grant_type: 'client_credentials' };
    const response = await token(body, { accept: 'text/html' });
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.text()).not.toContain(secret);
    expect(server.log()).toContain('/oidc/token');
    expect(server.log()).not.toContain(secret);
  });

  test.each([
    ['a broken table is a server error', 'no such column', 500],
    ['a database that is away is a 503', 'Connection terminated unexpectedly', 503],
  ])('%s, and the log tells no secret', async (_what, message, status) => {
    const { id, secret } = await machine();
    server.failWith(Object.assign(new Error(message), { parameters: [secret] }));
    const response = await token({ client_id: id, client_secret: secret, grant_type: 'client_credentials', resource });
    expect([response.status, await response.json()]).toMatchObject([status, { error: 'server_error' }]);
    expect(server.log()).toContain(message);
    expect(server.log()).not.toContain(secret);
  });

  test('an unknown path is a 404 in JSON', async () => {
    const response = await fetch(`${server.url}/oidc/nothing`);
    expect([response.status, await response.json()]).toMatchObject([404, { code: 'entity.not_found' }]);
  });

  test('a rotated key signs the next token; both are published, and tokens of both verify', async () => {
    const { id, secret } = await machine();
    const configuration = await discover(id, client.ClientSecretBasic(secret));
    const before = await client.clientCredentialsGrant(configuration, { resource });
    await server.signingKeys.rotateSigningKey();
    const after = await client.clientCredentialsGrant(configuration, { resource });

    const keys = publishedKeys();
    const verified = await Promise.all([before, after].map(({ access_token }) => jwtVerify(access_token, keys)));
    expect(new Set(verified.map(({ protectedHeader }) => protectedHeader.kid)).size).toBe(2);
  });

  test('a key of another process is published at once, without its private half', async () => {
    const { store, secretKeys } = server;
    const other = await createSigningKeys({ store, platform, held: createHeld({ store, platform }), secretKeys });
    await other.rotateSigningKey();
    const [newest] = await other.all();
    const published = (await (await fetch(`${server.url}/oidc/jwks`)).json()) as { keys: Record<string, unknown>[] };
    expect(published.keys.map(({ kid }) => kid)).toContain(newest?.jwk.kid);
    for (const key of published.keys) expect(key).not.toHaveProperty('d');
  });

  test('scripts of an application may call the token endpoint from the origins of its redirect URIs', async () => {
    const oidcClientMetadata = { redirectUris: ['https://app.example.com/callback', 'myapp://callback'] };
    const { id } = await server.applications.create({ name: 'App', type: 'Native', oidcClientMetadata });
    const body = { client_id: id, grant_type: 'refresh_token', refresh_token: 'unknown' };
    const own = await token(body, { origin: 'https://app.example.com' });
    expect(own.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect(await own.json()).toMatchObject({ error: 'invalid_grant' });
    for (const origin of ['https://evil.example', 'null']) {
      expect((await token(body, { origin })).headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});
