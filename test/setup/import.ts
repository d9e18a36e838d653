import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { createPasswords } from '../../packages/server/src/accounts/passwords.ts';
import { withDigest } from '../../packages/server/src/accounts/user-record.ts';
import { runCommand } from '../../packages/server/src/cli/run-command.ts';
import { openStore, type Store } from '../../packages/server/src/store/store.ts';
import { findUser } from '../../packages/server/src/store/users.ts';
import { platform } from './platform.ts';
import { type Database, newMigratedLocation } from './stores.ts';

const passwords = createPasswords(platform);

/** A database of its own for each test, and a folder that `sesame import` runs in. */
export type ImportRig = { store: Store; folder: string; env: Record<string, string> };

/** Makes one for the tests of a `describe`, in which this is called. */
export function useImport(database: Database) {
  const rig = {} as ImportRig;
  let remove: () => Promise<void>;
  beforeEach(async () => {
    const place = await newMigratedLocation(database);
    remove = place.remove;
    rig.store = await openStore(place.location);
    rig.folder = await mkdtemp(join(tmpdir(), 'sesame-import-'));
    rig.env =
      'databaseUrl' in place.location
        ? { SESAME_DATABASE_URL: place.location.databaseUrl }
        : { SESAME_DATA_DIR: place.location.dataDir };
  });
  afterEach(async () => {
    await rig.store.close();
    await remove();
    await rm(rig.folder, { recursive: true });
  });

  /** Writes a file, and imports it. */
  async function run(file: string | Buffer, ...words: string[]) {
    const name = Buffer.isBuffer(file) ? 'users.gz' : 'users';
    await writeFile(join(rig.folder, name), file);
    const [printed, complained]: [string[], string[]] = [[], []];
    const code = await runCommand(['import', name, ...words], {
      env: rig.env,
      cwd: rig.folder,
      print: (line) => printed.push(line),
      complain: (line) => complained.push(line),
    });
    return { code, printed: printed.join('\n'), complained };
  }
  const user = async (id: string) => withDigest(await findUser(rig.store, 'id', id));

  return Object.assign(rig, {
    run,
    user,
    isPassword: async (id: string, password: string) => passwords.verify((await user(id)).passwordDigest, password),
    count: async () => (await rig.store.db.selectFrom('users').select('id').execute()).length,
  });
}

/** What is printed where all went well. */
export const created = (number: number) => `Created: ${number}, changed: 0, already there: 0, failed: 0.`;
