import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  type Contender,
  fetchCodes,
  type Ground,
  newFolder,
  postingJson,
  type Started,
  startThrice,
} from './contender.ts';

const mainFile = join(import.meta.dirname, '../../packages/server/src/main.mjs');
const label = 'Sesame';

/** Sesame as in production. Each send hands its message to the provider over HTTP. */
export async function startSesame(ground: Ground): Promise<Started> {
  const codesUrl = `${ground.smsEndpoint}/sesame`;
  return start(ground, label, async (port, headers) => {
    await setUp(port, headers, { connectorId: 'http-sms', config: { endpoint: codesUrl } });
    const toAnswer = (phone: string, verificationCode: string) => ({ phone, verificationCode });
    return {
      sends: [sending(label, port, headers)],
      checks: [postingJson({ label, port, headers, path: '/api/verification-codes/verify' }, toAnswer)],
      takeCodes: () => fetchCodes(codesUrl),
    };
  });
}

/** Sesame with the development inbox: sends without a provider. */
export async function startSesameWithInbox(ground: Ground): Promise<Started> {
  const inboxLabel = `${label}, development inbox`;
  return start(ground, inboxLabel, async (port, headers) => {
    await setUp(port, headers, { connectorId: 'development-inbox' });
    return { sends: [sending(inboxLabel, port, headers)], checks: [], takeCodes: async () => [] };
  });
}

type Headers = { authorization: string };

const sending = (name: string, port: number, headers: Headers) =>
  postingJson({ label: name, port, headers, path: '/api/verification-codes' }, (phone) => ({ phone }));

async function start(
  ground: Ground,
  name: string,
  contend: (port: number, headers: Headers) => Promise<Contender>,
): Promise<Started> {
  const clientSecret = randomBytes(24).toString('hex');
  const env = (port: number) => ({
    SESAME_PORT: String(port),
    SESAME_HOST: '127.0.0.1',
    SESAME_DATA_DIR: newFolder(ground),
    SESAME_SECRET_KEY: randomBytes(32).toString('hex'),
    SESAME_MANAGEMENT_CLIENT_ID: 'bench',
    SESAME_MANAGEMENT_CLIENT_SECRET: clientSecret,
    SESAME_LOG_LEVEL: 'warn',
  });
  const server = await startThrice(async () => ({ file: mainFile, env, statusPath: '/api/status' }));
  const { port } = server;
  return { ...server, label: name, prepare: async () => contend(port, await authorize(port, clientSecret)) };
}

/** An access token for the Management API, as a header. */
async function authorize(port: number, clientSecret: string): Promise<Headers> {
  const proof = Buffer.from(`bench:${clientSecret}`).toString('base64');
  const asked = { grant_type: 'client_credentials', resource: `http://localhost:${port}/api`, scope: 'all' };
  const { access_token: token } = (await post(`http://127.0.0.1:${port}/oidc/token`, {
    headers: { authorization: `Basic ${proof}` },
    body: new URLSearchParams(asked),
  })) as { access_token: string };
  return { authorization: `Bearer ${token}` };
}

async function setUp(port: number, headers: Headers, connector: object): Promise<void> {
  await post(`http://127.0.0.1:${port}/api/connectors`, {
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(connector),
  });
}

async function post(url: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', ...init });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}
