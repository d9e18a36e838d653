import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';

const macBytes = 16;

/**
 * Refresh tokens that say, under the server's key, which grant they are of and until when they are good. So one that was
 * used long ago ends its grant when it comes again, although it is forgotten: docs/decisions/0005-sessions-grants-and-keys.md.
 */
export function createRefreshTokenNames(key: KeyObject, now: () => number) {
  const macOf = (text: string) => createHmac('sha256', key).update(text).digest().subarray(0, macBytes);

  return {
    /** @param random what nobody can guess @param expiration in seconds */
    name(random: string, grantId: string, expiration: number): string {
      const text = `${random}.${grantId}.${Math.floor(now() / 1000 + expiration).toString(36)}`;
      return `${text}.${macOf(text).toString('base64url')}`;
    },

    /** The grant of a token that was given out and would still be good; nothing for any other text. */
    grantOf(token: string): string | undefined {
      const [, text = '', grantId, until = '', mac = ''] =
        /^([\w-]+\.([\w-]+)\.([0-9a-z]+))\.([\w-]+)$/.exec(token) ?? [];
      const given = Buffer.from(mac, 'base64url');
      const isOurs = given.length === macBytes && timingSafeEqual(given, macOf(text));
      return isOurs && Number.parseInt(until, 36) * 1000 > now() ? grantId : undefined;
    },
  };
}
export type RefreshTokenNames = ReturnType<typeof createRefreshTokenNames>;
