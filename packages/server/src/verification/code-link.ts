import type { linkUsageTypes } from '@sesame/connector-kit';
import type { Platform } from '../platform.ts';
import { passing } from '../secrets/purposes.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';

/** What the codes are for whose messages may bring a link. */
export type LinkedEvent = (typeof linkUsageTypes)[number];

/** A code, and the sign-in that asked for it. */
export type LinkedCode = {
  /** The id of the flow. */
  flow: string;
  event: LinkedEvent;
  /** The id of the verification. */
  verification: string;
  code: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
};

/** Links that bring a code to the page that asks for it: decision 0023. */
export function createCodeLinks({
  secretKeys,
  platform,
  publicUrl,
}: {
  secretKeys: SecretKeys;
  platform: Pick<Platform, 'now'>;
  /** Base URL without a slash at the end. */
  publicUrl: string;
}) {
  return {
    /** The link. The code in it is encrypted. */
    linkTo(linked: LinkedCode): string {
      const sealed = Buffer.from(secretKeys.encrypt(JSON.stringify(linked), passing.codeLink), 'base64');
      return `${publicUrl}/verify?token=${sealed.toString('base64url')}`;
    },

    /** What the token of a link holds; `undefined` for what is none of ours, and once the code has expired. */
    open(token: string): LinkedCode | undefined {
      try {
        const sealed = Buffer.from(token, 'base64url').toString('base64');
        const linked = JSON.parse(secretKeys.decrypt(sealed, passing.codeLink)) as LinkedCode;
        return linked.expiresAt > platform.now() ? linked : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
export type CodeLinks = ReturnType<typeof createCodeLinks>;
