import { createHash, createHmac } from 'node:crypto';

/** What the signature of a body that is POSTed to AWS is made of. */
export type BodyToSign = {
  accessKeyId: string;
  accessKeySecret: string;
  sessionToken?: string | undefined;
  region: string;
  /** The service's name in signatures, for example `sns`. */
  service: string;
  /** Host of the endpoint as it is sent, with its port unless that is the usual one. */
  host: string;
  /** Milliseconds since the epoch. */
  now: number;
  /** The body exactly as it is sent. */
  body: string;
  /** A form, unless told. */
  contentType?: string;
  /** As it is sent, without a query; `/` unless told. */
  path?: string;
};

const algorithm = 'AWS4-HMAC-SHA256';

/**
 * The headers to send along with a body, its signature (AWS Signature Version 4) among them.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signedHeaders(given: BodyToSign): Record<string, string> {
  const { accessKeyId, accessKeySecret, sessionToken, region, service, host, now, body } = given;
  const { contentType = 'application/x-www-form-urlencoded', path = '/' } = given;
  const timestamp = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const date = timestamp.slice(0, 8);
  const scope = [date, region, service, 'aws4_request'];
  const headers = {
    'content-type': contentType,
    'x-amz-date': timestamp,
    ...(sessionToken && { 'x-amz-security-token': sessionToken }),
  };
  // Sorted by name, as the standard asks.
  const signed = Object.entries({ host, ...headers }).sort(([a], [b]) => (a < b ? -1 : 1));
  const names = signed.map(([name]) => name).join(';');
  const canonicalHeaders = signed.map(([name, value]) => `${name}:${value}\n`).join('');
  const canonicalRequest = ['POST', path, '', canonicalHeaders, names, sha256(body)].join('\n');
  const stringToSign = [algorithm, timestamp, scope.join('/'), sha256(canonicalRequest)].join('\n');
  const signingKey = scope.reduce<string | Buffer>(hmac, `AWS4${accessKeySecret}`);
  const signature = hmac(signingKey, stringToSign).toString('hex');
  const credential = [accessKeyId, ...scope].join('/');
  const authorization = `${algorithm} Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, authorization };
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
