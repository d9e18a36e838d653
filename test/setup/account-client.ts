import { beginExperience } from './experience-client.ts';
import type { Relier } from './oidc-flow.ts';
import type { TestServer } from './server.ts';

/** What an operation answered. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into replies of every shape
export type AccountReply = { status: number; body: any };

/** An access token of a user, from an ordinary sign-in with username and password. */
export async function signInForToken(
  server: TestServer,
  relier: Relier,
  { username, password, scope }: { username: string; password: string; scope?: string },
): Promise<string> {
  const client = await beginExperience(server, relier, { parameters: scope === undefined ? {} : { scope } });
  const identifier = { type: 'username', value: username };
  const { body } = await client.call('POST', '/verification/password', { identifier, password });
  await client.call('POST', '/identification', { verificationId: body.verificationId });
  const done = await client.call('POST', '/submit');
  return (await client.finish(done.body.redirectTo)).access_token;
}

/** A call of the Account API. @param verification what shows that it is really the person */
export async function callAccount(
  { baseUrl }: TestServer,
  token: string,
  {
    method,
    path,
    body,
    verification,
    headers = {},
  }: { method: string; path: string; body?: unknown; verification?: string | undefined; headers?: HeadersInit },
): Promise<AccountReply> {
  const reply = await fetch(`${baseUrl}/api${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(verification !== undefined && { 'logto-verification-id': verification }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  return { status: reply.status, body: text === '' ? undefined : JSON.parse(text) };
}
