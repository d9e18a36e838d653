import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Config, readConfig } from '../../config.ts';
import { occupy } from '../../configured-store.ts';
import type { Platform } from '../../platform.ts';
import { changeKey, type KeyChange } from '../../secrets/key-change.ts';
import { secretKeyCheck } from '../../secrets/secret-key-check.ts';
import { deriveSecretKeys } from '../../secrets/secret-keys.ts';
import { keepServersOut, refuseWorkingPostgres } from '../../store/copy/postgres-database.ts';
import { openAlone } from '../../store/copy/sqlite-file.ts';
import type { Store } from '../../store/store.ts';
import { CommandError } from '../command-error.ts';
import { root } from '../root.ts';
import { withStore } from '../with-store.ts';
import type { DataContext } from './data-context.ts';
import { type KnownKeys, keyThatOpens, knownKeys } from './known-keys.ts';
import { createNextKey, type NextKey } from './next-key.ts';
import { grouped } from './progress.ts';
import { recordIn } from './record.ts';

/**
 * `sesame change-key`: gives the data of a stopped Sesame another secret key, all or nothing. After an interruption the
 * same command finds out which key holds, and goes on from there.
 * @param options `to` a file with the new key; without, the key file gets one that is made here
 * @throws CommandError, ConfigError, CopyError
 */
export async function changeSecretKey({ to }: { to?: string }, context: DataContext): Promise<void> {
  const { env, cwd, print } = context;
  const config = readConfig(env);
  const folder = resolve(root, config.dataDir);
  const letServersStart = await keepServersFrom({ ...config, dataDir: folder });
  const changing = withStore({ env }, async (store, _, platform) => {
    const check = await readCheck(store);
    const keys = knownKeys(config, folder);
    const next = createNextKey({ to: to === undefined ? undefined : resolve(cwd, to), keys, folder }, platform);
    const old = keyThatOpens(check, keys.readings);
    if (keyThatOpens(check, [next.key]) !== undefined) {
      print('All data has the new key already.');
    } else if (old === undefined) {
      next.discard();
      throw new CommandError(ofWrongKey(keys));
    } else {
      await change(store, { old, next }, context, platform);
    }
    for (const line of next.put(platform.now())) print(line);
  });
  await changing.finally(letServersStart);
}

async function change(
  store: Store,
  { old, next }: { old: string; next: NextKey },
  { print, signal }: DataContext,
  platform: Platform,
): Promise<void> {
  const [from, to] = [old, next.key].map(deriveSecretKeys) as [ReturnType<typeof deriveSecretKeys>, never];
  next.keep();
  const changed = await store.db
    .transaction()
    .execute(async (transaction) => {
      if (store.kind === 'PostgreSQL') await keepServersOut(transaction);
      const changes = await changeKey(transaction, { from, to, now: platform.now() });
      await recordIn({ store, db: transaction }, 'database.change-key', { ...changes.encrypted });
      if (signal?.aborted) next.discard();
      signal?.throwIfAborted();
      return changes;
    })
    .catch((error: Error) => {
      if (signal?.aborted) throw error;
      throw new CommandError(`${error.message}. Run the same command again: it finds out which key the data has.`);
    });
  for (const line of linesOf(changed)) print(line);
}

const names: Record<keyof KeyChange['encrypted'], string> = {
  connectorConfig: 'configurations of connectors',
  signingKey: 'signing keys',
  captchaProvider: 'secrets of providers of human checks',
  testNumber: 'codes of test numbers',
  authenticator: 'secrets of authenticator apps of administrators',
  userAuthenticator: 'secrets of authenticator apps of users',
  newAuthenticator: 'secrets of authenticator apps that are being set up',
  hookConfig: 'addresses of webhooks',
  hookSigningKey: 'signing keys of webhooks',
};

function* linesOf({ encrypted, unreadable, ended }: KeyChange) {
  yield 'Encrypted anew, and read back:';
  for (const [kind, count] of Object.entries(encrypted)) {
    yield `  ${grouped(count).padStart(7)}  ${names[kind as keyof typeof names]}`;
  }
  if (unreadable.length > 0) yield `Left as they were, since the old key does not open them: ${unreadable.join(', ')}.`;
  yield 'What followed from the old key has ended:';
  yield `  ${grouped(ended.codes).padStart(7)}  codes on their way, and links beside them: people ask for new ones`;
  yield `  ${grouped(ended.recoveryCodes).padStart(7)}  recovery codes of administrators: make new ones with the authenticator app`;
  yield `  ${grouped(ended.backupCodes).padStart(7)}  backup codes of users: they make new ones on the account page, or are asked to`;
  yield `  ${grouped(ended.browsers).padStart(7)}  sign-ins by which browsers were known: they are strangers until the next one`;
  yield '  Sign-ins under way and cookies of sign-in sessions: people sign in again, while the tokens of applications go on.';
  yield '  Addresses for delivery reports: enter those that the connectors show now, where a provider was told them by hand.';
}

const ofWrongKey = ({ readings, place }: KnownKeys) =>
  readings.length === 0
    ? `There is no secret key: neither SESAME_SECRET_KEY nor ${place}. Run the command with the settings of Sesame.`
    : `The secret key in ${place} is not that of this database. The command needs the old one there; nothing was changed.`;

async function readCheck({ db }: Store): Promise<string | undefined> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', secretKeyCheck).executeTakeFirst();
  return row?.value;
}

/** What a server wrote meanwhile would have the old key. @returns lets servers start @throws CommandError, CopyError */
async function keepServersFrom(place: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<() => void> {
  if (place.databaseUrl !== undefined) await refuseWorkingPostgres(place.databaseUrl);
  const file = join(place.dataDir, 'sesame.db');
  if (place.databaseUrl !== undefined || !existsSync(file)) return () => {};
  openAlone(file).close();
  return occupy(place);
}
