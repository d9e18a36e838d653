import { ApiError } from '../../errors.ts';
import { passing } from '../../secrets/purposes.ts';
import type { SecretKeys } from '../../secrets/secret-keys.ts';
import type { List, Place } from '../../store/listing.ts';

/** What is listed with cursors. */
export type Listing = List['table'] | 'development_inbox' | 'guard_attacks';

/** A list in one order; a place in one is none in another. */
type Ordered = { table: Listing; by?: string | undefined };

/**
 * What stands for a place in a list. It is encrypted: ids may hold a phone number, and whoever could make a cursor could
 * find out an id by where it stands.
 */
export function sealPlace({ encrypt }: SecretKeys, list: Ordered, { at, id }: Place): string {
  const written = at instanceof Uint8Array ? { bytes: Buffer.from(at).toString('base64') } : at;
  return Buffer.from(encrypt(JSON.stringify([written, id]), purposeOf(list)), 'base64').toString('base64url');
}

/** @throws ApiError `guard.invalid_input` for what is no cursor of this list */
export function openPlace({ decrypt }: SecretKeys, list: Ordered, cursor: string, path: string): Place {
  try {
    const sealed = Buffer.from(cursor, 'base64url').toString('base64');
    const [at, id] = JSON.parse(decrypt(sealed, purposeOf(list))) as [number | string | { bytes: string }, string];
    return { at: typeof at === 'object' ? Buffer.from(at.bytes, 'base64') : at, id };
  } catch {
    const message = 'Give a cursor of this list as `Next-Cursor` or `Previous-Cursor` said it, or leave it out.';
    throw new ApiError('guard.invalid_input', { issues: [{ in: 'querystring', path, message }] });
  }
}

const purposeOf = ({ table, by }: Ordered) => passing.cursor(`${table}${by ? ` by ${by}` : ''}`);
