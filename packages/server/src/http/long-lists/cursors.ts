import { ApiError } from '../../errors.ts';
import type { SecretKeys } from '../../secrets/secret-keys.ts';
import type { List, Place } from '../../store/listing.ts';

/** What is listed with cursors. */
export type Listing = List['table'] | 'development_inbox';

/**
 * What stands for a place in a list. It is encrypted: ids may hold a phone number, and whoever could make a cursor could
 * find out an id by where it stands.
 */
export const sealPlace = ({ encrypt }: SecretKeys, table: Listing, { at, id }: Place): string =>
  Buffer.from(encrypt(JSON.stringify([at, id]), purposeOf(table)), 'base64').toString('base64url');

/** @throws ApiError `guard.invalid_input` for what is no cursor of this list */
export function openPlace({ decrypt }: SecretKeys, table: Listing, cursor: string, path: string): Place {
  try {
    const sealed = Buffer.from(cursor, 'base64url').toString('base64');
    const [at, id] = JSON.parse(decrypt(sealed, purposeOf(table))) as [number, string];
    return { at, id };
  } catch {
    const message = 'Give a cursor of this list as `Next-Cursor` or `Previous-Cursor` said it, or leave it out.';
    throw new ApiError('guard.invalid_input', { issues: [{ in: 'querystring', path, message }] });
  }
}

const purposeOf = (table: Listing) => `cursor of ${table}`;
