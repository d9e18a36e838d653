import type { ProviderRequest, SendContext } from '@sesame/connector-kit';
import { type AccessKey, authorizationOf, canonicalQuery, sha256 } from './signature.ts';

type Context = Pick<SendContext<AccessKey & { endpoint: string }>, 'config' | 'now' | 'randomUUID'>;

/** A signed call of one of Aliyun's RPC APIs: every parameter is in the query, and the body is empty. */
export function signedRequest(
  { config, now, randomUUID }: Context,
  { action, version }: { action: string; version: string },
  query: Record<string, string>,
): ProviderRequest {
  const url = new URL(`/?${canonicalQuery(query)}`, config.endpoint);
  const headers = {
    accept: 'application/json',
    // A request without a content type of its own gets one from fetch, which then would be sent unsigned.
    'content-type': 'application/x-www-form-urlencoded',
    'x-acs-action': action,
    'x-acs-version': version,
    'x-acs-date': new Date(now()).toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-content-sha256': sha256(''),
  };
  const toSign = { method: 'POST', path: '/', query, headers: { ...headers, host: url.host }, body: '' };
  return { url, headers: { ...headers, authorization: authorizationOf(toSign, config) }, body: '' };
}
