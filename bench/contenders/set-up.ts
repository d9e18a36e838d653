import { redirectUri } from './sign-in.ts';

type Headers = Record<string, string>;

/** An access token for the Management API, as a header. */
export async function authorize(publicUrl: string, clientSecret: string): Promise<Headers> {
  const proof = Buffer.from(`bench:${clientSecret}`).toString('base64');
  const asked = { grant_type: 'client_credentials', resource: `${publicUrl}/api`, scope: 'all' };
  const reply = await post(`${publicUrl}/oidc/token`, { authorization: `Basic ${proof}` }, new URLSearchParams(asked));
  const { access_token: token } = JSON.parse(reply) as { access_token: string };
  return { authorization: `Bearer ${token}` };
}

/** Sets a connector up; data that was filled in may have it live already. */
export async function setUpConnector(publicUrl: string, headers: Headers, connector: object): Promise<void> {
  await post(`${publicUrl}/api/connectors`, { ...headers, ...json }, JSON.stringify(connector));
}

/** Thousands of codes that nobody types in are an attack, of which the guard would keep a record each. */
export async function leaveUnguarded(publicUrl: string, headers: Headers): Promise<void> {
  const body = JSON.stringify({ fraudPolicy: { mode: 'off' } });
  await post(`${publicUrl}/api/sign-in-exp`, { ...headers, ...json }, body, 'PATCH');
}

/** Makes a public application that people sign in to. @returns its id */
export async function createApplication(publicUrl: string, headers: Headers): Promise<string> {
  const application = {
    name: 'Shop',
    type: 'SPA',
    oidcClientMetadata: { redirectUris: [redirectUri], postLogoutRedirectUris: [] },
  };
  const reply = await post(`${publicUrl}/api/applications`, { ...headers, ...json }, JSON.stringify(application));
  return (JSON.parse(reply) as { id: string }).id;
}

const people = 3_000;

/** Imports people who can sign in. @returns their numbers */
export async function addUsers(publicUrl: string, headers: Headers): Promise<string[]> {
  const phones = Array.from({ length: people }, (_, index) => `+86137${String(index).padStart(8, '0')}`);
  const lines = phones.map((primaryPhone, index) => JSON.stringify({ primaryPhone, name: `Person ${index}` }));
  const ndjson = { ...headers, 'content-type': 'application/x-ndjson' };
  const reply = await post(`${publicUrl}/api/users/import`, ndjson, lines.join('\n'));
  const totals = JSON.parse(reply.trim().split('\n').at(-1) ?? '{}') as { created?: number };
  if (totals.created !== people) throw new Error(`Not everybody was imported: ${reply.slice(-500)}`);
  return phones;
}

const json = { 'content-type': 'application/json' };

async function post(url: string, headers: Headers, body: string | URLSearchParams, method = 'POST') {
  const response = await fetch(url.replace('localhost', '127.0.0.1'), { method, headers, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return text;
}
