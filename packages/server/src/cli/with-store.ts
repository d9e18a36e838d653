import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Config, readConfig } from '../config.ts';
import { openConfiguredStore } from '../configured-store.ts';
import { type Platform, platform } from '../platform.ts';
import { type CommonClock, followDatabaseClock } from '../store/database-clock.ts';
import type { Store } from '../store/store.ts';
import { CommandError } from './command-error.ts';
import { root } from './root.ts';
import type { Terminal } from './terminal.ts';

/** Works on the database of the settings, whether Sesame runs on it or not. @throws CommandError, ConfigError */
export async function withStore(
  { env }: Pick<Terminal, 'env'>,
  work: (store: Store, config: Config, platform: Platform) => Promise<void>,
): Promise<void> {
  const config = readConfig(env);
  const folder = resolve(root, config.dataDir);
  if (config.databaseUrl === undefined && !existsSync(join(folder, 'sesame.db'))) {
    throw new CommandError(
      `There is no database in ${folder}. Run the command with the settings that Sesame runs with; ` +
        'SESAME_DATA_DIR or SESAME_DATABASE_URL say where the database is.',
    );
  }
  const store = await openConfiguredStore({ ...config, dataDir: folder });
  let clock: CommonClock | undefined;
  try {
    clock = await followDatabaseClock(store, platform);
    await work(store, config, { ...platform, now: clock.now });
  } finally {
    clock?.stop();
    await store.close();
  }
}
