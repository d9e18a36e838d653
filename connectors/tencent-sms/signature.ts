import { createHash, createHmac } from 'node:crypto';

/** The content type that is sent and signed. */
export const contentType = 'application/json; charset=utf-8';

/** What a request's signature is made of. */
export type SignedRequest = {
  secretId: string;
  secretKey: string;
  /** The product of the API, for example `sms`. */
  service: string;
  /** Host name of the endpoint, without a port: that is what the official SDKs sign. */
  hostname: string;
  /** Seconds since the epoch, as in the header X-TC-Timestamp. */
  timestampSeconds: number;
  /** The body exactly as it is sent. */
  body: string;
};

const algorithm = 'TC3-HMAC-SHA256';
const signedHeaders = 'content-type;host';

/**
 * The `Authorization` header of a JSON POST to a Tencent Cloud API (TC3-HMAC-SHA256).
 * @see https://www.tencentcloud.com/document/api/382/40467
 */
export function tc3Authorization(request: SignedRequest): string {
  const { secretId, secretKey, service, hostname, timestampSeconds, body } = request;
  const date = new Date(timestampSeconds * 1000).toISOString().slice(0, 10);
  const scope = `${date}/${service}/tc3_request`;
  const canonicalRequest = [
    'POST',
    '/',
    '',
    `content-type:${contentType}`,
    `host:${hostname}`,
    '',
    signedHeaders,
    sha256(body),
  ].join('\n');
  const stringToSign = [algorithm, timestampSeconds, scope, sha256(canonicalRequest)].join('\n');
  const signingKey = [date, service, 'tc3_request'].reduce<string | Buffer>(hmac, `TC3${secretKey}`);
  const signature = hmac(signingKey, stringToSign).toString('hex');
  return `${algorithm} Credential=${secretId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
