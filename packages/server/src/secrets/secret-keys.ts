import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import type { Purpose } from './purposes.ts';

/** The server's keys, all derived from the one secret key (HKDF-SHA-256, RFC 5869), each for one purpose. */
export type SecretKeys = {
  /** Key of the HMAC that stands for a verification code. */
  codes: KeyObject;
  /** Key of the HMAC that stands for a backup code of a user. */
  backupCodes: KeyObject;
  /** Makes verification codes of their seeds. */
  codeSeeds: KeyObject;
  /** Signs cookies. */
  cookies: KeyObject;
  /** Signs the cookie of a browser that has signed in. */
  devices: KeyObject;
  /** Chooses what a password is compared with under a name that is nobody's. */
  standIns: KeyObject;
  /** Signs which grant a refresh token is of. */
  refreshTokens: KeyObject;
  /** Key of the secrets in the addresses that providers report to. */
  reports: KeyObject;
  /** Signs the challenges of human checks. */
  checks: Buffer;
  /** Encrypts a text (AES-256-GCM); `purpose` has to be the same for `decrypt`. */
  encrypt: (text: string, purpose: Purpose) => string;
  /** @throws when the text was changed, or was encrypted under another key or for another purpose */
  decrypt: (encrypted: string, purpose: Purpose) => string;
};

const nonceBytes = 12;
const tagBytes = 16;

/** Derives the keys. The secret key should hold at least 32 random bytes. */
export function deriveSecretKeys(secretKey: string): SecretKeys {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secretKey, 'sesame', purpose, 32));
  const encryption = derive('encryption');
  return {
    codes: createSecretKey(derive('verification codes')),
    backupCodes: createSecretKey(derive('backup codes')),
    codeSeeds: createSecretKey(derive('seeds of verification codes')),
    cookies: createSecretKey(derive('cookies')),
    devices: createSecretKey(derive('devices')),
    standIns: createSecretKey(derive('stand-ins of passwords')),
    refreshTokens: createSecretKey(derive('refresh tokens')),
    reports: createSecretKey(derive('delivery reports')),
    checks: derive('human checks'),
    encrypt(text, purpose) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', encryption, nonce).setAAD(Buffer.from(purpose));
      const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]).toString('base64');
    },
    decrypt(encrypted, purpose) {
      const bytes = Buffer.from(encrypted, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', encryption, bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      const text = decipher.update(bytes.subarray(nonceBytes + tagBytes));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    },
  };
}
