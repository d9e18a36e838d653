import { domainToUnicode } from 'node:url';
import type { UserSearchKeys } from '../store/tables/users.ts';

const longestKeyBytes = 64;

/** What of a user search keys are made of; the domain of the address in ASCII. */
type Searched = {
  username?: string | null | undefined;
  name?: string | null | undefined;
  emailDomain?: string | null | undefined;
};

/**
 * What a search finds a user by: the start of the username, of the name, of its last word, and of the domain of the
 * address.
 */
export function searchKeysOf({ username, name, emailDomain }: Searched): Partial<UserSearchKeys> {
  return {
    ...(username !== undefined && { username_key: keyOf(username) }),
    ...(name !== undefined && { name_key: keyOf(name), last_name_key: keyOf(name && lastName(name)) }),
    ...(emailDomain !== undefined && { email_domain_key: keyOf(emailDomain && domainToUnicode(emailDomain)) }),
  };
}

/** What was typed or pasted, without the line breaks and unseen marks around it; within names such marks are spelling. */
export const typedText = (text: string): string =>
  text.replace(/\p{Cc}/gu, ' ').replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '');

/** The id that was typed or pasted: without what no id holds. */
export const typedId = (text: string): string => text.normalize('NFKC').replace(/[\s\p{Cc}\p{Cf}]/gu, '');

/** A text without what makes no difference when it is searched: capitals, accents, width, and how it is spaced. */
export const fold = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();

/** What of a text is compared: folded, without accents, cut off; `null` where nothing is left. */
export function keyOf(text: string | null): Uint8Array | null {
  if (!text) return null;
  const folded = fold(text);
  const whole = Buffer.from(folded);
  if (whole.length <= longestKeyBytes) return whole.length > 0 ? whole : null;
  let key = '';
  for (const character of folded) {
    if (Buffer.byteLength(key + character) > longestKeyBytes) break;
    key += character;
  }
  return key ? Buffer.from(key) : null;
}

const cjk = /^[\p{Script=Han}\p{Script=Hangul}]+$/u;

/** The last of several words; of a Chinese or Korean name in one word, what follows the family name. */
function lastName(name: string): string | null {
  const words = name.trim().split(/\s+/);
  if (words.length > 1) return words.at(-1) ?? null;
  return cjk.test(name.trim()) ? [...name.trim()].slice(1).join('') : null;
}
