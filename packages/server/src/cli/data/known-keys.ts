import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { isKeyOfDatabase, keyOfDatabase, secretKeyCheck } from '../../secrets/secret-key-check.ts';
import { deriveSecretKeys, type SecretKeys } from '../../secrets/secret-keys.ts';
import type { Side } from '../../store/copy/side.ts';
import type { Table } from '../../store/copy/tables.ts';
import type { Store } from '../../store/store.ts';

/** The secret key as a server would read it; none is made. */
export type KnownKeys = {
  /** What the setting or the file can stand for. */
  readings: readonly string[];
  /** Where it is, or would be. */
  place: string;
};

export const keyFileOf = (folder: string): string => join(folder, 'secret.key');

export function knownKeys(config: Config, folder: string): KnownKeys {
  if (config.secretKey !== undefined) {
    return { readings: [config.secretKey, ...config.olderReadingsOfSecretKey], place: 'SESAME_SECRET_KEY' };
  }
  const file = keyFileOf(folder);
  return { readings: existsSync(file) ? [readFileSync(file, 'utf8').trim()] : [], place: file };
}

/** The first of the keys that the database belongs to. @param check what `readKeyCheck` found in it */
export const keyThatOpens = (check: string | undefined, keys: readonly string[]): string | undefined =>
  keys.find((key) => keyOfDatabase(check, [deriveSecretKeys(key)]));

/** The keys that the database works with, if they are to be found. */
export async function secretKeysOf(store: Store, config: Config, folder: string): Promise<SecretKeys | undefined> {
  for (const keys of knownKeys(config, folder).readings.map(deriveSecretKeys)) {
    if (await isKeyOfDatabase(store, keys)) return keys;
  }
  return undefined;
}

/** What a database keeps of the key that it belongs to. */
export async function readKeyCheck(source: Side, tables: readonly Table[]): Promise<string | undefined> {
  const settings = tables.find(({ name }) => name === 'settings');
  if (!settings) return undefined;
  const key = settings.columns.map((column) => (column === 'name' ? secretKeyCheck : null));
  const [row] = await source.find(settings, [key]);
  const value = row?.[settings.columns.indexOf('value')];
  return typeof value === 'string' ? value : undefined;
}
