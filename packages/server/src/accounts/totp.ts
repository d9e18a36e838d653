import { Secret, TOTP } from 'otpauth';
import type { Platform } from '../platform.ts';

/** How many digits a code has. */
export const totpDigits = 6;
/** What every authenticator app takes, whatever else the URI says. */
const parameters = { algorithm: 'SHA1', digits: totpDigits, period: 30 } as const;
/** RFC 4226, section 4: as long as the HMAC. */
const secretBytes = 20;
/** How many time steps a clock may be off, either way: one, as RFC 6238 recommends. */
const window = 1;

/**
 * Wrong codes of an app, of people whom the server does not know and of each browser that it knows: who has got hold of
 * a password does not keep its owner out. With the password alone, somebody who guesses all day long finds a code once
 * in 22 years.
 */
export const totpGuesses = { maxAttempts: 10, windowMs: 6 * 60 * 60_000 } as const;

/** A new secret for an authenticator app, in base32 (RFC 4648) as people type it. */
export const newTotpSecret = ({ randomBytes }: Pick<Platform, 'randomBytes'>): string =>
  new Secret({ buffer: Uint8Array.from(randomBytes(secretBytes)).buffer }).base32;

/**
 * The secret as an authenticator app reads it from a QR code.
 * @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export const totpUri = (secret: string, { issuer, account }: { issuer: string; account: string }): string =>
  new TOTP({ ...parameters, issuer, label: account, secret }).toString();

/**
 * A secret that somebody else has made, in base32 of any case, with blanks between and padding behind.
 * @returns it as it is kept; undefined for what is none, or holds less than the 80 bits that Logto asks for
 */
export function readTotpSecret(given: string): string | undefined {
  const secret = given.replace(/\s|=+$/g, '').toUpperCase();
  // The last character of such a length would stand for no whole byte.
  const isWhole = ![1, 3, 6].includes(secret.length % 8);
  return /^[A-Z2-7]{16,128}$/.test(secret) && isWhole ? secret : undefined;
}

/**
 * The time step (RFC 6238) whose code this is, at most one before or after the present one.
 * @param now milliseconds since the epoch
 * @returns `undefined` for a code of no such step
 */
export function timeStepOf(code: string, secret: string, now: number): number | undefined {
  // The library throws for what has six characters but is no digits.
  if (!/^\d{6}$/.test(code)) return undefined;
  const delta = TOTP.validate({
    ...parameters,
    token: code,
    secret: Secret.fromBase32(secret),
    timestamp: now,
    window,
  });
  return delta === null ? undefined : TOTP.counter({ period: parameters.period, timestamp: now }) + delta;
}
