import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { ReceivedRequest } from '@sesame/connector-kit/provider-double';

// CommonJS, whose default export Node and Vitest hand out in different ways.
const require = createRequire(import.meta.url);
const { default: OpenApiUtil } = require('@alicloud/openapi-util') as typeof import('@alicloud/openapi-util');
const tea = require('@alicloud/tea-typescript') as typeof import('@alicloud/tea-typescript');

/** A refusal of Aliyun's API gateway, before a product sees the request. */
export type GatewayRefusal = { status: number; Code: string; Message: string };

const algorithm = 'ACS3-HMAC-SHA256';
const allowedSkewMs = 15 * 60_000;
const alwaysSigned = ['host', 'x-acs-action', 'x-acs-version', 'x-acs-date', 'x-acs-signature-nonce'];

type Options = { accessKeyId: string; accessKeySecret: string; now?: () => number };

/** Checks requests as Aliyun's gateway does: date, AccessKey, signature V3, nonce. It remembers the nonces. */
export function createAuthenticator({ accessKeyId, accessKeySecret, now = Date.now }: Options) {
  const nonces = new Set<string>();
  return (request: ReceivedRequest): GatewayRefusal | undefined => {
    const parts = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=[0-9a-f]{64}$/.exec(
      request.headers.authorization ?? '',
    );
    if (!parts) {
      const Message = 'The request signature does not conform to Aliyun standards.';
      return { status: 400, Code: 'IncompleteSignature', Message };
    }
    const [, keyId, signedHeaders = ''] = parts;
    if (!(Math.abs(now() - Date.parse(header(request, 'x-acs-date'))) <= allowedSkewMs)) {
      const Message = 'Specified time stamp or date value is expired.';
      return { status: 400, Code: 'InvalidTimeStamp.Expired', Message };
    }
    if (keyId !== accessKeyId) {
      return { status: 404, Code: 'InvalidAccessKeyId.NotFound', Message: 'Specified access key is not found.' };
    }
    const mustBeSigned = [...alwaysSigned, ...('content-type' in request.headers ? ['content-type'] : [])];
    const isComplete = mustBeSigned.every((name) => signedHeaders.split(';').includes(name));
    const expected = officialAuthorization(request, signedHeaders, { accessKeyId, accessKeySecret });
    if (!isComplete || request.headers.authorization !== expected) return signatureMismatch(request);
    const nonce = header(request, 'x-acs-signature-nonce');
    if (nonces.has(nonce)) {
      const Message = 'Specified signature nonce was used already.';
      return { status: 400, Code: 'SignatureNonceUsed', Message };
    }
    nonces.add(nonce);
    return undefined;
  };
}

function officialAuthorization(request: ReceivedRequest, signedHeaders: string, key: Options): string {
  const url = new URL(request.path, 'http://double');
  const official = new tea.Request();
  official.method = request.method;
  official.pathname = url.pathname;
  official.query = Object.fromEntries(url.searchParams);
  official.headers = Object.fromEntries(signedHeaders.split(';').map((name) => [name, header(request, name)]));
  const payload = createHash('sha256').update(request.body).digest('hex');
  return OpenApiUtil.getAuthorization(official, algorithm, payload, key.accessKeyId, key.accessKeySecret);
}

// Aliyun repeats the request that it tried to verify, parameters and all.
function signatureMismatch(request: ReceivedRequest): GatewayRefusal {
  const query = decodeURIComponent(new URL(request.path, 'http://double').search.slice(1));
  const Message = `Specified signature is not matched with our calculation. server string to sign is:${request.method}\n/\n${query}`;
  return { status: 400, Code: 'SignatureDoesNotMatch', Message };
}

function header(request: ReceivedRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}
