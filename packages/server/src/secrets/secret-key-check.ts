import { createHmac } from 'node:crypto';
import { ConfigError } from '../config.ts';
import type { Platform } from '../platform.ts';
import type { Store } from '../store/store.ts';
import type { SecretKeys } from './secret-keys.ts';

const settingName = 'secret-key-check';

/**
 * Makes sure that every process on one database works with the same secret key: with another one, codes would fail now
 * and then and stored secrets could not be read.
 * @throws ConfigError when the database belongs to another key
 */
export async function checkSecretKey(store: Store, secretKeys: SecretKeys, { now }: Platform): Promise<void> {
  const fingerprint = createHmac('sha256', secretKeys.codes).update(settingName).digest('base64');
  await store.db
    .insertInto('settings')
    .values({ name: settingName, value: JSON.stringify(fingerprint), updated_at: now() })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const { value } = await store.db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', settingName)
    .executeTakeFirstOrThrow();
  if (JSON.parse(value) === fingerprint) return;
  throw new ConfigError(
    'SESAME_SECRET_KEY (or secret.key in the data folder) takes the key that this database was first started with.',
  );
}
