import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OidcServer, startOidcServer } from '../../../../test/setup/oidc-server.ts';
import { digestSecret } from '../accounts/applications.ts';

/** As `application/x-www-form-urlencoded` has it, by the standard's own serializer. */
const formEncoded = (text: string) => new URLSearchParams([['', text]]).toString().slice(1);

let server: OidcServer;
beforeAll(async () => {
  server = await startOidcServer('SQLite');
});
afterAll(() => server.close());

/** An application with this secret. */
async function applicationWith(secret: string, id = 'back_end.v1-x') {
  await server.applications.seed({ id, secret: 'replaced below', name: 'Back end' });
  await server.store.db
    .updateTable('applications')
    .set({ secret_digest: digestSecret(secret) })
    .where('id', '=', id)
    .execute();
  return id;
}

async function post(path: string, pair: string, body: Record<string, string>) {
  const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  const response = await fetch(`${server.url}/oidc${path}`, {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams(body),
  });
  return { status: response.status, text: await response.text() };
}
const getToken = (pair: string) =>
  post('/token', pair, { grant_type: 'client_credentials', resource: server.apiIndicator, scope: 'all' });

const secrets = [
  'nothing special, but a space',
  'base64+/with==signs+',
  '100%',
  '%2B stands for itself',
  '%zz',
  'a%20b+c',
  'colon:in:between',
  '!~*\'()"&?#',
  'ünïcödé 密码',
];

describe.each(secrets)('the secret %s', (secret) => {
  test('is taken as curl -u sends it, and form-encoded', async () => {
    const id = await applicationWith(secret);
    for (const pair of [`${id}:${secret}`, `${id}:${formEncoded(secret)}`, `${formEncoded(id)}:${secret}`]) {
      expect([pair, (await getToken(pair)).status]).toEqual([pair, 200]);
    }
    expect((await post('/token/revocation', `${id}:${secret}`, { token: 'never was one' })).status).toBe(200);
  });

  test('is taken from a standard client, in either place', async () => {
    const id = await applicationWith(secret);
    for (const authentication of [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)]) {
      const issuer = new URL(`${server.url}/oidc`);
      const options = { execute: [client.allowInsecureRequests] };
      const configuration = await client.discovery(issuer, id, undefined, authentication, options);
      const parameters = { resource: server.apiIndicator, scope: 'all' };
      expect(await client.clientCredentialsGrant(configuration, parameters)).toMatchObject({ scope: 'all' });
    }
  });
});

test.each([
  ['a+b', ['a b', 'a%2bB', 'a%252Bb', 'a', '']],
  ['a b', ['a%2Bb', 'a%2520b', 'ab']],
  ['a%2Bb', ['a+b', 'a b', 'a%25252Bb']],
])('%s is nothing but itself and its encoding', async (secret, others) => {
  const id = await applicationWith(secret);
  for (const other of others) {
    const { status, text } = await getToken(`${id}:${other}`);
    expect([other, status, text]).toEqual([other, other ? 401 : 400, expect.stringContaining('invalid_')]);
  }
});

test('in the body a secret stands for itself alone', async () => {
  const client_id = await applicationWith('a+b and more');
  const ask = async (client_secret: string) => {
    const body = { client_id, client_secret, grant_type: 'client_credentials', resource: server.apiIndicator };
    return (await fetch(`${server.url}/oidc/token`, { method: 'POST', body: new URLSearchParams(body) })).status;
  };
  expect(await ask('a+b and more')).toBe(200);
  expect(await ask('a%2Bb+and+more')).toBe(401);
});

test.each(['nobody:a+b', 'no%zzbody:secret', 'no colon', ':only a secret', 'back_end.v1-x:\u0000', 'back_end.v1-x:ü%'])(
  '%j is refused',
  async (pair) => {
    await applicationWith('a+b');
    expect([400, 401]).toContain((await getToken(pair)).status);
  },
);

test.each(['Basic', 'Basic !!!', 'Basic YTpi YTpi', 'basic YTpi=', 'Bearer YTpi'])('%s is refused', async (header) => {
  const response = await fetch(`${server.url}/oidc/token`, {
    method: 'POST',
    headers: { authorization: header },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status).toBeLessThan(402);
});
