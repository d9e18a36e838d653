import { expect } from 'vitest';

/** What the API answered; `text` is the body as it came. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into replies of every shape
export type Reply = { status: number; headers: Headers; text: string; body: any };

/** Calls a server's API with an access token of its own. */
export type ManagementClient = {
  get: (path: string) => Promise<Reply>;
  post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;
  patch: (path: string, body: unknown) => Promise<Reply>;
  put: (path: string, body: unknown) => Promise<Reply>;
  delete: (path: string) => Promise<Reply>;
  /** Any request under the token; `path` is relative to the base URL. */
  request: (method: string, path: string, init?: { body?: string; headers?: Record<string, string> }) => Promise<Reply>;
  /** The access token in use. */
  token: () => Promise<string>;
  /** Gets another token, after the clock was moved past the life of this one. */
  renewToken: () => Promise<void>;
  /** Every answer so far. */
  replies: Reply[];
};

/** The machine-to-machine application that test servers are started with. */
export const managementApplication = { id: 'test-back-end', secret: 'secret-of-the-test-back-end' };

/** Makes a client that gets its token by client credentials (RFC 6749, section 4.4) when it is first needed. */
export function createManagementClient(baseUrl: string, publicUrl: string): ManagementClient {
  const replies: Reply[] = [];
  let pendingToken: Promise<string> | undefined;
  const token = () => {
    pendingToken ??= fetchToken(baseUrl, publicUrl);
    return pendingToken;
  };
  const request: ManagementClient['request'] = async (method, path, init = {}) => {
    const headers = { authorization: `Bearer ${await token()}`, ...init.headers };
    const reply = await readReply(await fetch(`${baseUrl}${path}`, { ...init, method, headers }));
    replies.push(reply);
    return reply;
  };
  const send = (method: string, path: string, body: unknown, headers?: Record<string, string>) =>
    request(method, `/api${path}`, {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  return {
    get: (path) => request('GET', `/api${path}`),
    post: (path, body = {}, headers) => send('POST', path, body, headers),
    patch: (path, body) => send('PATCH', path, body),
    put: (path, body) => send('PUT', path, body),
    delete: (path) => request('DELETE', `/api${path}`),
    request,
    token,
    replies,
    async renewToken() {
      pendingToken = fetchToken(baseUrl, publicUrl);
      await pendingToken;
    },
  };
}

async function fetchToken(baseUrl: string, publicUrl: string): Promise<string> {
  const { id, secret } = managementApplication;
  const reply = await readReply(
    await fetch(`${baseUrl}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource: `${publicUrl}/api`, scope: 'all' }),
    }),
  );
  expect(reply).toMatchObject({ status: 200, body: { access_token: expect.any(String), token_type: 'Bearer' } });
  return reply.body.access_token;
}

async function readReply(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, headers: response.headers, text, body: isJson && text ? JSON.parse(text) : text };
}
