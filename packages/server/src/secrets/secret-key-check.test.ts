import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { ConfigError, readConfig } from '../config.ts';
import { platform } from '../platform.ts';
import type { Store } from '../store/store.ts';
import { checkSecretKey, isKeyOfDatabase } from './secret-key-check.ts';
import { deriveSecretKeys } from './secret-keys.ts';

const key = 'a secret key of the tests, long enough to be one';
const [old, now] = [`${key}\n`, key].map(deriveSecretKeys);

describe.each(databases)('the key of a database on %s', (database) => {
  let store: Store;
  beforeEach(async () => {
    store = await newStore(database);
  });
  afterEach(() => store.close());

  const keysOf = (setting: string) => {
    const { secretKey = '', olderReadingsOfSecretKey } = readConfig({ SESAME_SECRET_KEY: setting });
    const [first, ...others] = [secretKey, ...olderReadingsOfSecretKey].map(deriveSecretKeys);
    return checkSecretKey(store, [first as NonNullable<typeof old>, ...others], platform);
  };

  test('is the setting without the line break at its end', async () => {
    expect((await keysOf(`${key}\n`)).cookies).toEqual(now?.cookies);
    expect((await keysOf(key)).cookies).toEqual(now?.cookies);
    const other = 'another key of the same length or so, or more';
    await expect(keysOf(other)).rejects.toThrow(ConfigError);
    const asked = [await keysOf(key), deriveSecretKeys(other)].map((keys) => isKeyOfDatabase(store, keys));
    expect(await Promise.all(asked)).toEqual([true, false]);
  });

  test('is the setting with it, where the database was begun so by an older version', async () => {
    await checkSecretKey(store, [old as NonNullable<typeof old>], platform);
    expect((await keysOf(`${key}\n`)).cookies).toEqual(old?.cookies);
    await expect(keysOf(key)).rejects.toThrow(ConfigError);
  });
});
