import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dataKey, newFullFolder, newPostgres, onServer, runData } from '../../../../../test/setup/data-commands.ts';
import { type Contents, contentsOfPostgres, contentsOfSqlite } from '../../../../../test/setup/full-database.ts';
import { newMemoryFolder } from '../../../../../test/setup/memory-folder.ts';
import { platform } from '../../platform.ts';
import { checkSecretKey } from '../../secrets/secret-key-check.ts';
import { deriveSecretKeys } from '../../secrets/secret-keys.ts';
import { migrationNames } from '../../store/migrations/index.ts';
import { openSqlite } from '../../store/sqlite/dialect.ts';
import { openStore } from '../../store/store.ts';

let folder: string;
let backups: string;
let backup: string;
let backupWithKey: string;
let original: Contents;
beforeAll(async () => {
  folder = await newFullFolder();
  backups = await newMemoryFolder('sesame-backups-');
  backup = join(backups, 'backup.db');
  backupWithKey = join(backups, 'with-key.db');
  await runData(['backup', backup], { SESAME_DATA_DIR: folder });
  await runData(['backup', backupWithKey, '--with-key'], { SESAME_DATA_DIR: folder });
  original = contentsOfSqlite(join(folder, 'sesame.db'));
});
afterAll(async () => {
  await rm(backups, { recursive: true });
  await rm(folder, { recursive: true });
});

let place: string;
let env: Record<string, string>;
beforeEach(async () => {
  place = await newMemoryFolder('sesame-restored-');
  env = { SESAME_DATA_DIR: place, SESAME_SECRET_KEY: dataKey };
});
afterEach(() => rm(place, { recursive: true }));

/** Restores in vain, and leaves nothing. @returns why */
async function complaintOf(file: string, settings = env): Promise<string> {
  const before = readdirSync(place);
  const { code, complained } = await runData(['restore', file], settings);
  expect([code, readdirSync(place)]).toEqual([1, before]);
  return complained;
}

describe('a damaged backup', () => {
  let damaged: string;
  let bytes: Buffer;
  beforeEach(() => {
    damaged = join(place, '..', `damaged-${process.pid}.db`);
    bytes = readFileSync(backup);
  });
  afterEach(() => rm(damaged, { force: true }));

  test('restores to the letter or not at all, whichever byte is another', async () => {
    const refusals: string[] = [];
    const step = Math.floor(bytes.length / 40);
    for (let position = 0; position < bytes.length; position += step) {
      const changed = Buffer.from(bytes);
      changed[position] = (bytes[position] ?? 0) ^ 0x10;
      writeFileSync(damaged, changed);
      const { code, complained } = await runData(['restore', damaged], env);
      if (code === 0) {
        // A byte that belongs to nothing.
        const { audit_log: _, ...restored } = contentsOfSqlite(join(place, 'sesame.db'));
        const { audit_log: __, ...expected } = original;
        expect(restored, `byte ${position}`).toEqual(expected);
        for (const left of readdirSync(place)) await rm(join(place, left));
      } else {
        refusals.push(complained);
        expect(readdirSync(place), `byte ${position}`).toEqual([]);
      }
    }
    expect(refusals.length).toBeGreaterThan(5);
    expect(refusals.filter((reason) => !/damaged/.test(reason))).toEqual([]);
  });

  test('is not restored when its end is missing', async () => {
    for (const length of [0, 100, 4096, Math.floor(bytes.length / 2), bytes.length - 4096, bytes.length - 1]) {
      writeFileSync(damaged, bytes);
      truncateSync(damaged, length);
      expect(await complaintOf(damaged), `${length} bytes`).toContain('damaged');
    }
  });

  test.each([
    ['a value', `update users set username = 'another' where rowid = 2`, 'something in users is not as it was'],
    ['a missing row', 'delete from messages where rowid = 2', 'messages has 3 rows instead of 4'],
    ['a missing trigger', 'drop trigger held_settings_1', 'the tables are not as they were'],
  ])('is found by %s', async (_, statement, reason) => {
    writeFileSync(damaged, bytes);
    const database = new DatabaseSync(damaged, { enableForeignKeyConstraints: false });
    database.exec(statement);
    database.close();
    expect(await complaintOf(damaged)).toBe(`The backup is damaged: ${reason}. Take another one.`);
  });

  test('is told from what never was a backup', async () => {
    writeFileSync(damaged, 'No database.');
    expect(await complaintOf(damaged)).toContain('is damaged, or no backup that "sesame backup" made');
    expect(await complaintOf(join(folder, 'sesame.db'))).toContain('no such table: sesame_backup');
    expect(await complaintOf('/nowhere/backup.db')).toBe('There is no file /nowhere/backup.db.');
  });
});

test.each(['sesame.db', 'sesame.db-wal', 'sesame.db-shm', 'sesame.db-journal'])(
  'a folder with %s is not touched',
  async (name) => {
    writeFileSync(join(place, name), 'theirs');
    expect(await complaintOf(backup)).toContain(`In ${place} there is ${name}. Stop Sesame and move that away first`);
    expect(readFileSync(join(place, name), 'utf8')).toBe('theirs');
  },
);

describe('the secret key', () => {
  const withoutKey = () => ({ SESAME_DATA_DIR: place });

  test('of the backup is put into secret.key, and is nowhere else', async () => {
    expect(readFileSync(backupWithKey).includes(dataKey)).toBe(true);
    const { code, printed } = await runData(['restore', backupWithKey], withoutKey());
    const file = join(place, 'secret.key');
    expect([code, printed]).toEqual([0, expect.stringContaining(`The secret key of the backup is in ${file} now.`)]);
    expect(printed).not.toContain(dataKey);
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual([`${dataKey}\n`, 0o600]);
    expect(readdirSync(place).sort()).toEqual(['secret.key', 'sesame.db']);
    expect(readFileSync(join(place, 'sesame.db')).includes(dataKey)).toBe(false);
    expect(statSync(join(place, 'sesame.db')).mode & 0o777).toBe(0o600);
  });

  test('is put there for PostgreSQL as well, and not where that fails', async () => {
    const target = await newPostgres();
    const settings = { ...withoutKey(), SESAME_DATABASE_URL: target.url };
    const controller = new AbortController();
    const at = (line: string) => line.startsWith('Comparing') && controller.abort(new Error('Interrupted'));
    const running = runData(['restore', backupWithKey], settings, { at, signal: controller.signal });
    await expect(running).rejects.toThrow('Interrupted');
    expect([readdirSync(place), Object.values(await contentsOfPostgres(target.url)).flat()]).toEqual([[], []]);
    expect((await runData(['restore', backupWithKey], settings)).code).toBe(0);
    expect(readFileSync(join(place, 'secret.key'), 'utf8')).toBe(`${dataKey}\n`);
    await target.remove();
  });

  test('stays where nobody knows whether PostgreSQL has the data: its last answer was lost', async () => {
    const target = await newPostgres();
    const { hostname, port } = new URL(target.url);
    const losing = createServer((client) => {
      const server = connect(Number(port), hostname);
      let isFilling = false;
      let isLost = false;
      client.on('data', (bytes) => {
        isFilling ||= bytes.includes('lock table');
        isLost = isFilling && bytes.includes('commit');
        server.write(bytes);
      });
      server.on('data', (bytes) => (isLost ? client.destroy() : client.write(bytes)));
      for (const socket of [client, server]) {
        socket.on('error', () => {}).on('close', () => [client, server].map((each) => each.destroy()));
      }
    });
    await new Promise<void>((resolve) => losing.listen(0, '127.0.0.1', resolve));
    const through = new URL(target.url);
    through.port = String((losing.address() as AddressInfo).port);
    const { code, complained } = await runData(['restore', backupWithKey], {
      ...withoutKey(),
      SESAME_DATABASE_URL: through.href,
    });
    losing.close();
    expect([code, complained]).toEqual([1, expect.stringContaining('it is not known whether the data is there')]);
    expect(readFileSync(join(place, 'secret.key'), 'utf8')).toBe(`${dataKey}\n`);
    const again = await runData(['restore', backupWithKey], { ...withoutKey(), SESAME_DATABASE_URL: target.url });
    expect([again.code, again.complained]).toEqual([1, expect.stringContaining('has data of Sesame already')]);
    await target.remove();
  });

  test('that is missing is named', async () => {
    const { code, printed } = await runData(['restore', backup], withoutKey());
    const missing = `The secret key is not in the backup: set SESAME_SECRET_KEY, or put it into ${join(place, 'secret.key')}`;
    expect([code, printed]).toEqual([0, expect.stringContaining(missing)]);
    expect(readdirSync(place)).toEqual(['sesame.db']);
  });

  test.each(['SESAME_SECRET_KEY', 'secret.key'])('of %s has to be that of the backup', async (where) => {
    const other = 'another key, which has nothing to do with this data';
    if (where === 'secret.key') writeFileSync(join(place, 'secret.key'), other);
    const settings = where === 'secret.key' ? withoutKey() : { ...withoutKey(), SESAME_SECRET_KEY: other };
    expect(await complaintOf(backupWithKey, settings)).toMatch(`${where} is not that of the backup.`);
  });
});

test('a key with a line break at its end, as older versions took it, has to be set, since no file can hold it', async () => {
  const [older, file] = [await newMemoryFolder('sesame-older-'), join(place, 'backup.db')];
  const SESAME_SECRET_KEY = `${dataKey}\n`;
  const store = await openStore({ dataDir: older });
  await checkSecretKey(store, [deriveSecretKeys(SESAME_SECRET_KEY)], platform);
  await store.close();
  const settings = { SESAME_DATA_DIR: older, SESAME_SECRET_KEY };
  expect((await runData(['backup', file, '--with-key'], settings)).code).toBe(0);
  const empty = join(place, 'data');
  const { code, complained } = await runData(['restore', file], { SESAME_DATA_DIR: empty });
  expect([code, complained, readdirSync(empty)]).toEqual([1, expect.stringContaining('with its line break'), []]);
  expect((await runData(['restore', file], { SESAME_DATA_DIR: empty, SESAME_SECRET_KEY })).code).toBe(0);
  await rm(older, { recursive: true });
});

test('interrupted while it is checked, it leaves nothing', async () => {
  const controller = new AbortController();
  const at = (line: string) => line.startsWith('Checking') && controller.abort(new Error('Interrupted'));
  await expect(runData(['restore', backup], env, { at, signal: controller.signal })).rejects.toThrow('Interrupted');
  expect(readdirSync(place)).toEqual([]);
});

describe('of another version', () => {
  let other: string;
  beforeEach(async () => {
    other = await newMemoryFolder('sesame-other-');
  });
  afterEach(() => rm(other, { recursive: true }));

  test('an earlier backup is brought up to date, in either database, but an earlier folder is not moved', async () => {
    await makeEarlier(join(other, 'sesame.db'));
    const target = await newPostgres();
    const moved = await runData(['move', '--from', other, '--to', target.url], {});
    expect(moved).toMatchObject({
      code: 1,
      complained: expect.stringContaining('is of an earlier version. Start Sesame'),
    });
    expect(await contentsOfPostgres(target.url)).toEqual({});
    const file = join(other, 'backup.db');
    expect((await runData(['backup', file], { SESAME_DATA_DIR: other })).code).toBe(0);
    const users = 'select id, phone from users';
    expect(await runData(['restore', file], env)).toMatchObject({ code: 0, complained: '' });
    const restored = new DatabaseSync(join(place, 'sesame.db'), { readOnly: true });
    const migrations = restored.prepare('select name from kysely_migration order by name').all();
    expect(migrations.map(({ name }) => name)).toEqual(migrationNames);
    expect(restored.prepare(users).all()).toEqual([{ id: 'early', phone: '+15555550100' }]);
    restored.close();
    const result = await runData(['restore', file], { ...env, SESAME_DATABASE_URL: target.url });
    expect(result).toMatchObject({ code: 0, complained: '' });
    expect(await onServer(target.url, users)).toEqual([{ id: 'early', phone: '+15555550100' }]);
    await target.remove();
  });

  test('a later backup is refused, a later folder is not moved, and a later PostgreSQL is left alone', async () => {
    const later = await newFullFolder();
    const database = new DatabaseSync(join(later, 'sesame.db'));
    database.exec(`insert into kysely_migration values ('9999-later', '')`);
    database.close();
    const target = await newPostgres();
    const moved = await runData(['move', '--from', later, '--to', target.url], {});
    expect(moved).toMatchObject({
      code: 1,
      complained: expect.stringContaining('A later version of Sesame has worked in'),
    });
    const file = join(other, 'backup.db');
    await runData(['backup', file], { SESAME_DATA_DIR: later });
    expect(await complaintOf(file)).toContain('The backup is of a later version of Sesame.');
    await onServer(
      target.url,
      'create table kysely_migration (name text primary key, timestamp text)',
      `insert into kysely_migration values ('9999-later', '')`,
    );
    const settings = { ...env, SESAME_DATABASE_URL: target.url };
    expect(await complaintOf(backup, settings)).toContain('The tables in PostgreSQL are of a later version');
    await target.remove();
    await rm(later, { recursive: true });
  });
});

/** A database as the version before roles left it, with a user. */
async function makeEarlier(file: string): Promise<void> {
  const migrationsFolder = new URL('../../store/migrations/', import.meta.url);
  const files = (await readdir(migrationsFolder)).filter((name) => /^000[1-7]-.*\.ts$/.test(name));
  const migrations: Record<string, Migration> = {};
  for (const name of files) {
    migrations[name.replace('.ts', '')] = await import(pathToFileURL(join(migrationsFolder.pathname, name)).href);
  }
  const { dialect, close } = openSqlite(file);
  const db = new Kysely<unknown>({ dialect });
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest();
  await db.destroy();
  close();
  if (error) throw error;
  const database = new DatabaseSync(file);
  const columns = database.prepare(`select name, type, "notnull" from pragma_table_info('users')`).all();
  const values = columns.map(({ name, type, notnull }) => {
    if (name === 'id') return 'early';
    if (name === 'phone') return '+15555550100';
    if (!notnull) return null;
    return type === 'bigint' ? 0 : '{}';
  });
  database.prepare(`insert into users values (${columns.map(() => '?').join()})`).run(...values);
  database.close();
}
