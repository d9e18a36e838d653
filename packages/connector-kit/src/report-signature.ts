import { createHash, timingSafeEqual } from 'node:crypto';
import { type JWTPayload, jwtVerify } from 'jose';
import { ReportRefusal, type ReportRequest } from './reports.ts';

/** Whether two texts are the same, in a time that tells nothing of where they differ. */
export function isSameText(one: string, other: string): boolean {
  const [left, right] = [one, other].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(left, right);
}

/** What a request is that lacks the provider's signature. */
export const forged = (message: string): ReportRefusal => new ReportRefusal('forged', message);

/** How far the clocks of a provider and this server may be apart. */
const toleratedSeconds = 60;

/**
 * Reads a JWT that a provider signed with a secret that it shares with us (HMAC).
 * @param now milliseconds since the epoch
 * @returns its claims
 * @throws ReportRefusal when it is no such token, signed with something else, or too old
 */
export async function readSignedClaims(token: string, secret: string, now: number): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, Buffer.from(secret, 'utf8'), {
      algorithms: ['HS256', 'HS384', 'HS512'],
      clockTolerance: toleratedSeconds,
      currentDate: new Date(now),
    });
    return payload;
  } catch {
    throw forged('The token is not signed with the secret that is configured, or is too old.');
  }
}

/** The digest of a body or an address as tokens hold it: hexadecimal SHA-256. */
export const hexDigest = (content: ReportRequest['body'] | string): string =>
  createHash('sha256').update(content).digest('hex');
