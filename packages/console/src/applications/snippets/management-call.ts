import type { Application } from '../applications-api.ts';
import type { Endpoints } from '../endpoints-query.ts';

/** Stands where the secret belongs when it is not known any more. */
const unknownSecret = 'THE-SECRET';

/** A call of the Management API as an example, by the scope that it takes: the path, and what is sent. */
const calls = {
  codes: { path: 'verification-codes', body: '{"phone":"+8613800138000"}' },
  users: { path: 'users?page_size=5', body: undefined },
  read: { path: 'messages?page_size=5', body: undefined },
} as const;

/** What an example of a call is about. */
export type ManagementCall = keyof typeof calls;

/** The call that an application is shown: the first of these that it may make. `undefined` for one that may make none. */
export function callFor({ isAdmin, managementScopes }: Rights): ManagementCall | undefined {
  if (!isAdmin) return undefined;
  if (managementScopes.includes('all')) return 'codes';
  return (['codes', 'users', 'read'] as const).find((scope) => managementScopes.includes(scope));
}
type Rights = Pick<Application, 'isAdmin' | 'managementScopes'>;

/** A text as one word of a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * Commands for a POSIX shell with curl: get an access token with client credentials (RFC 6749, section 4.4), and make
 * the call with it.
 */
export function managementCallSnippet(
  call: ManagementCall,
  { token, managementApi, apiIndicator }: Pick<Endpoints, 'token' | 'managementApi' | 'apiIndicator'>,
  { id, secret = unknownSecret }: { id: string; secret?: string | undefined },
): string {
  const { path, body } = calls[call];
  const sent = body === undefined ? [] : ["-H 'Content-Type: application/json'", `-d ${quoted(body)}`];
  return `TOKEN=$(curl -sS ${quoted(token)} \\
  -u ${quoted(`${id}:${secret}`)} \\
  -d grant_type=client_credentials \\
  -d scope=${call} \\
  --data-urlencode ${quoted(`resource=${apiIndicator}`)} |
  sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

${[`curl -i ${quoted(`${managementApi}/${path}`)}`, '-H "Authorization: Bearer $TOKEN"', ...sent].join(' \\\n  ')}`;
}
