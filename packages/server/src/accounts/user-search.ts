import { parsePhone, withPlainDigits } from '@sesame/connector-kit';
import type { UserSearchKeys } from '../store/schema.ts';
import type { UserSearch } from '../store/users.ts';

const longestKeyBytes = 64;

/** What a search finds a user by: the start of the username, of the name, and of the last word of the name. */
export function searchKeysOf({ username, name }: { username?: string | null; name?: string | null }): {
  username_key?: UserSearchKeys['username_key'];
  name_key?: UserSearchKeys['name_key'];
  last_name_key?: UserSearchKeys['last_name_key'];
} {
  return {
    ...(username !== undefined && { username_key: keyOf(username) }),
    ...(name !== undefined && { name_key: keyOf(name), last_name_key: keyOf(name && lastName(name)) }),
  };
}

/**
 * Reads what somebody typed into a search field. Upper and lower case, accents, and `%` at either end make no
 * difference; a phone number may have its plus, spaces and dashes or not.
 * @returns `undefined` when there is nothing to search for
 */
export function parseSearch(typed: string, { byPhone }: { byPhone: boolean }): UserSearch | undefined {
  const text = typed.replace(/\p{Cc}/gu, ' ').replace(/^[%\s]+|[%\s]+$/g, '');
  if (!text) return undefined;
  return {
    key: keyOf(text) ?? undefined,
    phoneDigits: byPhone ? phoneDigitsOf(text) : undefined,
    id: text.toLowerCase(),
  };
}

/** The digits that a number begins with; a whole number in the spelling that is kept. */
function phoneDigitsOf(typed: string): string | undefined {
  const text = parsePhone(typed)?.e164 ?? withPlainDigits(typed);
  return /^\+?[\d\s().-]+$/.test(text) ? text.replace(/\D/g, '').slice(0, 15) || undefined : undefined;
}

function keyOf(text: string | null): Uint8Array | null {
  if (!text) return null;
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
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
