import { createHmac } from 'node:crypto';
import { ConfigError } from '../config.ts';
import type { Platform } from '../platform.ts';
import type { Store } from '../store/store.ts';
import type { SecretKeys } from './secret-keys.ts';

/** The row of the table `settings` that says which key a database belongs to. */
export const secretKeyCheck = 'secret-key-check';

/** What a database keeps of its key. */
export const fingerprintOf = ({ codes }: SecretKeys) =>
  createHmac('sha256', codes).update(secretKeyCheck).digest('base64');

/**
 * The first of the readings that a database belongs to.
 * @param check what it keeps as `secret-key-check`; absent where no server has used it, which goes with any key
 */
export const keyOfDatabase = <K extends SecretKeys>(
  check: string | undefined,
  readings: readonly K[],
): K | undefined =>
  check === undefined ? readings[0] : readings.find((keys) => fingerprintOf(keys) === JSON.parse(check));

/**
 * Makes sure that every process on one database works with the same secret key: with another one, codes would fail now
 * and then and stored secrets could not be read.
 * @param readings what the setting can stand for; a new database gets the first
 * @returns the one that the database belongs to
 * @throws ConfigError when it belongs to another key
 */
export async function checkSecretKey(
  store: Store,
  readings: readonly [SecretKeys, ...SecretKeys[]],
  { now }: Platform,
): Promise<SecretKeys> {
  await store.db
    .insertInto('settings')
    .values({ name: secretKeyCheck, value: JSON.stringify(fingerprintOf(readings[0])), updated_at: now() })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const { value } = await store.db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', secretKeyCheck)
    .executeTakeFirstOrThrow();
  const known = keyOfDatabase(value, readings);
  if (known) return known;
  throw new ConfigError(
    'SESAME_SECRET_KEY (or secret.key in the data folder) takes the key of this database: the one that it was first ' +
      'started with, or that "sesame change-key" gave it since. If that was broken off, run it again.',
  );
}

/** Whether a database belongs to the key that a server works with: the command `sesame change-key` gives it another. */
export async function isKeyOfDatabase({ db }: Store, keys: SecretKeys): Promise<boolean> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', secretKeyCheck).executeTakeFirst();
  return keyOfDatabase(row?.value, [keys]) !== undefined;
}
