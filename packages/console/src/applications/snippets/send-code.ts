import type { Endpoints } from '../endpoints-query.ts';

/** Stands where the secret belongs when it is not known any more. */
const unknownSecret = 'THE-SECRET';

/** A text as one word of a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * Commands for a POSIX shell with curl: get an access token with client credentials (RFC 6749, section 4.4), and send
 * a code with it.
 */
export function sendCodeSnippet(
  { token, managementApi, apiIndicator }: Pick<Endpoints, 'token' | 'managementApi' | 'apiIndicator'>,
  { id, secret = unknownSecret }: { id: string; secret?: string | undefined },
): string {
  return `TOKEN=$(curl -sS ${quoted(token)} \\
  -u ${quoted(`${id}:${secret}`)} \\
  -d grant_type=client_credentials \\
  -d scope=codes \\
  --data-urlencode ${quoted(`resource=${apiIndicator}`)} |
  sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

curl -i ${quoted(`${managementApi}/verification-codes`)} \\
  -H "Authorization: Bearer $TOKEN" \\
  -H 'Content-Type: application/json' \\
  -d '{"phone":"+8613800138000"}'`;
}
