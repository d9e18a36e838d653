import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dataKey, newFullFolder, newPostgres, onServer, runData } from '../../../../../test/setup/data-commands.ts';
import { contentsOfPostgres, contentsOfSqlite } from '../../../../../test/setup/full-database.ts';
import { newMemoryFolder } from '../../../../../test/setup/memory-folder.ts';
import { databases } from '../../../../../test/setup/stores.ts';

/** What somebody writes meanwhile, in the first and last tables that are copied and in between. */
const meanwhile = [
  `update audit_log set action = 'written meanwhile'`,
  'delete from messages',
  `update users set username = username || ' written meanwhile'`,
  `insert into settings (name, value, updated_at) values ('written meanwhile', '1', 1)`,
];

let folder: string;
let target: Awaited<ReturnType<typeof newPostgres>>;
beforeAll(async () => {
  folder = await newFullFolder();
  target = await newPostgres();
  await runData(['move', '--from', folder, '--to', target.url], {});
});
afterAll(async () => {
  await target.remove();
  await rm(folder, { recursive: true });
});

let backups: string;
let file: string;
beforeEach(async () => {
  backups = await newMemoryFolder('sesame-backups-');
  file = join(backups, 'backup.db');
});
afterEach(() => rm(backups, { recursive: true }));

const withKey = { SESAME_SECRET_KEY: dataKey };
const settingsOf = (database: (typeof databases)[number]): Record<string, string> =>
  database === 'SQLite' ? { SESAME_DATA_DIR: folder } : { SESAME_DATABASE_URL: target.url, SESAME_DATA_DIR: folder };

/** Begins what writes to all tables once the backup has begun. */
const writers = {
  SQLite: async () => {
    const writer = new DatabaseSync(join(folder, 'sesame.db'));
    return {
      write: () => {
        for (const statement of meanwhile) writer.exec(statement);
      },
      written: async () => writer.close(),
    };
  },
  // The backup waits for the lock until all is written, so that what it reads then is later than its moment.
  PostgreSQL: async () => {
    const client = new Client({ connectionString: target.url });
    await client.connect();
    await client.query('begin; lock table administrators in access exclusive mode');
    let writing = Promise.resolve<unknown>(undefined);
    return {
      write: () => {
        writing = client.query(`${meanwhile.join(';')}; commit`);
      },
      written: async () => {
        await writing;
        await client.end();
      },
    };
  },
};

describe.each(databases)('a backup of %s', (database) => {
  const contents = async () =>
    database === 'SQLite' ? contentsOfSqlite(join(folder, 'sesame.db')) : await contentsOfPostgres(target.url);

  test.each(['Copying', 'Checking'])('interrupted at "%s", it leaves nothing', async (phase) => {
    const controller = new AbortController();
    const at = (line: string) => line.startsWith(phase) && controller.abort(new Error('Interrupted'));
    const running = runData(['backup', file], settingsOf(database), { at, signal: controller.signal });
    await expect(running).rejects.toThrow('Interrupted');
    expect(readdirSync(backups)).toEqual([]);
  });

  test('with the key has the one that the database belongs to, or is not made', async () => {
    const others = {
      ...settingsOf(database),
      SESAME_SECRET_KEY: 'another key, which has nothing to do with this data',
    };
    expect(await runData(['backup', file, '--with-key'], others)).toMatchObject({
      code: 1,
      complained: expect.stringContaining('The secret key in SESAME_SECRET_KEY is not that of this database.'),
    });
    const nowhere = { ...settingsOf('PostgreSQL'), SESAME_DATA_DIR: backups };
    expect(await runData(['backup', file, '--with-key'], nowhere)).toMatchObject({
      code: 1,
      complained: expect.stringContaining(`neither SESAME_SECRET_KEY nor ${join(backups, 'secret.key')}`),
    });
    expect(readdirSync(backups)).toEqual([]);
    const { code, printed } = await runData(['backup', file, '--with-key'], settingsOf(database));
    expect([code, printed]).toEqual([0, expect.stringContaining('The secret key is in it')]);
    expect([readFileSync(file).includes(dataKey), printed.includes(dataKey)]).toEqual([true, false]);
  });

  test('is all as of one moment, whatever is written while it is made', async () => {
    const before = await contents();
    const writer = await writers[database]();
    const at = (line: string) => line.startsWith('Copying') && writer.write();
    const result = await runData(['backup', file], { ...settingsOf(database), ...withKey }, { at });
    await writer.written();
    expect(result).toMatchObject({ code: 0, complained: '' });
    const { sesame_backup: _, ...copied } = contentsOfSqlite(file);
    expect(copied).toEqual(before);
    const after = await contents();
    expect([after.messages, JSON.stringify(after.settings)]).toEqual([
      [],
      expect.stringContaining('written meanwhile'),
    ]);
  });
});

test('it needs tables of Sesame, of this version where they are PostgreSQL’s', async () => {
  const complaint = async (env: Record<string, string>) => {
    const { code, complained } = await runData(['backup', file], env);
    expect([code, readdirSync(backups)]).toEqual([1, []]);
    return complained;
  };
  expect(await complaint({ SESAME_DATA_DIR: backups })).toContain(`There is no database in ${backups}.`);
  const other = await newPostgres();
  const env = { SESAME_DATABASE_URL: other.url };
  expect(await complaint(env)).toContain('There are no tables of Sesame in this PostgreSQL database.');
  expect(await onServer(other.url, `select * from information_schema.tables where table_schema = 'public'`)).toEqual(
    [],
  );
  await other.remove();
  await onServer(target.url, `insert into kysely_migration values ('9999-later', '')`);
  expect(await complaint(settingsOf('PostgreSQL'))).toContain(
    'are of a later version of Sesame. Take the backup with that',
  );
  await onServer(target.url, `delete from kysely_migration where name >= '0022'`);
  expect(await complaint(settingsOf('PostgreSQL'))).toContain('are of an earlier version of Sesame.');
  expect(await runData(['backup', '/nowhere/backup.db'], settingsOf('SQLite'))).toMatchObject({
    code: 1,
    complained: 'There is no folder /nowhere for the backup.',
  });
});
