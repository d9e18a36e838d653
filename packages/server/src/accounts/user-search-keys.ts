import type { UserSearchKeys } from '../store/schema.ts';

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

/** What of a text is compared: folded, without accents, cut off; `null` where nothing is left. */
export function keyOf(text: string | null): Uint8Array | null {
  if (!text) return null;
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
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
