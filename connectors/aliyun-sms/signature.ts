import { createHash, createHmac } from 'node:crypto';
import type { ProviderRequest, SendContext } from '@sesame/connector-kit';

const algorithm = 'ACS3-HMAC-SHA256';

/** An AccessKey pair of Aliyun. */
export type AccessKey = { accessKeyId: string; accessKeySecret: string };

type Context = Pick<SendContext<AccessKey & { endpoint: string }>, 'config' | 'now' | 'randomUUID'>;

/**
 * A signed call of one of Aliyun's RPC APIs, with every parameter in the query, or in `form` what is too long for one.
 */
export function signedRequest(
  { config, now, randomUUID }: Context,
  { action, version }: { action: string; version: string },
  query: Record<string, string>,
  form: Record<string, string> = {},
): ProviderRequest {
  const body = canonicalQuery(form);
  const asked = canonicalQuery(query);
  const url = new URL(asked === '' ? '/' : `/?${asked}`, config.endpoint);
  const headers = {
    accept: 'application/json',
    // A request without a content type of its own gets one from fetch, which then would be sent unsigned.
    'content-type': 'application/x-www-form-urlencoded',
    'x-acs-action': action,
    'x-acs-version': version,
    'x-acs-date': new Date(now()).toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-content-sha256': sha256(body),
  };
  const toSign = { method: 'POST', path: '/', query, headers: { ...headers, host: url.host }, body };
  return { url, headers: { ...headers, authorization: authorizationOf(toSign, config) }, body };
}

/** What a V3 signature covers; `headers` must hold `host`, and `content-type` where the request has one. */
export type RequestToSign = {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: string;
};

/**
 * The `Authorization` header of Aliyun's signature V3.
 * @see https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 */
export function authorizationOf(request: RequestToSign, { accessKeyId, accessKeySecret }: AccessKey): string {
  const headers = Object.entries(request.headers)
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .filter(([name]) => isSigned(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const signedHeaders = headers.map(([name]) => name).join(';');
  const canonicalRequest = [
    request.method,
    request.path,
    canonicalQuery(request.query),
    headers.map(([name, value]) => `${name}:${value}\n`).join(''),
    signedHeaders,
    sha256(request.body),
  ].join('\n');
  const signature = createHmac('sha256', accessKeySecret)
    .update(`${algorithm}\n${sha256(canonicalRequest)}`)
    .digest('hex');
  return `${algorithm} Credential=${accessKeyId},SignedHeaders=${signedHeaders},Signature=${signature}`;
}

/** The parameters sorted by name and percent-encoded after RFC 3986: the query as it is signed and as it is sent. */
export function canonicalQuery(parameters: Record<string, string>): string {
  return Object.entries(parameters)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
}

/** SHA-256 in lower-case hexadecimal, as in `x-acs-content-sha256`. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function isSigned(name: string): boolean {
  return name === 'host' || name === 'content-type' || name.startsWith('x-acs-');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
