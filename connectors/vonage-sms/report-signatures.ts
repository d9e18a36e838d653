import { createHash, createHmac } from 'node:crypto';
import type { ReportRequest } from '@sesame/connector-kit';
import { forged, hexDigest, isSameText, readSignedClaims } from '@sesame/connector-kit/report-signature';

const toleratedMs = 300_000;

const isTimely = (seconds: unknown, now: number): boolean => Math.abs(Number(seconds) * 1000 - now) <= toleratedMs;

/** The token that the Messages API signs its requests with. */
export const tokenOf = ({ headers }: ReportRequest): string | undefined =>
  /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];

/**
 * Checks the token of the Messages API, which holds the digest of the body.
 * @see https://developer.vonage.com/en/getting-started/concepts/webhooks#decoding-signed-webhooks
 * @throws ReportRefusal
 */
export async function checkToken(request: ReportRequest, secret: string, now: number): Promise<void> {
  const { iat, payload_hash } = await readSignedClaims(tokenOf(request) ?? '', secret, now);
  if (!isTimely(iat, now)) throw forged('The token is not of these five minutes.');
  if (request.body.length > 0 && !isSameText(String(payload_hash).toLowerCase(), hexDigest(request.body)))
    throw forged('The token is of another body.');
}

const hmacs = ['md5', 'sha1', 'sha256', 'sha512'];

/**
 * Checks `sig` over all other fields of a receipt. The account says how it signs, and the receipt does not: any of the
 * ways counts.
 * @see https://developer.vonage.com/en/getting-started/concepts/signing-messages
 * @throws ReportRefusal
 */
export function checkFields({ sig, ...fields }: Record<string, string>, secret: string, now: number): void {
  if (!sig) throw forged('There is no signature: let Vonage sign receipts, or leave the signature secret empty.');
  // Our own part of the address comes along in the query of a GET; nobody says whether it is signed.
  const { m: _, ...theirs } = fields;
  const rights = [fields, theirs].map(signedText).flatMap((text) => [
    createHash('md5')
      .update(text + secret)
      .digest('hex'),
    ...hmacs.map((algorithm) => createHmac(algorithm, secret).update(text).digest('hex')),
  ]);
  if (!rights.some((right) => isSameText(right, sig.toLowerCase())))
    throw forged('The signature is not that of the signature secret.');
  if (!isTimely(fields.timestamp, now)) throw forged('The receipt was not signed within these five minutes.');
}

const signedText = (fields: Record<string, string>): string =>
  Object.keys(fields)
    .sort()
    .map((name) => `&${name}=${fields[name]?.replace(/[&=]/g, '_')}`)
    .join('');
