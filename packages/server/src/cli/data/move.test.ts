import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataKey, newFullFolder, newPostgres, onServer, runData } from '../../../../../test/setup/data-commands.ts';
import { contentsOfPostgres, contentsOfSqlite } from '../../../../../test/setup/full-database.ts';
import { openStore } from '../../store/store.ts';

let folder: string;
let file: string;
let target: Awaited<ReturnType<typeof newPostgres>>;
let env: Record<string, string>;
beforeEach(async () => {
  folder = await newFullFolder();
  file = join(folder, 'sesame.db');
  target = await newPostgres();
  env = { SESAME_DATA_DIR: folder, SESAME_DATABASE_URL: target.url };
});
afterEach(async () => {
  await target.remove();
  await rm(folder, { recursive: true });
});

const rowsInTarget = async () => Object.values(await contentsOfPostgres(target.url)).flat();
const tablesInTarget = async () => Object.keys(await contentsOfPostgres(target.url));
function change(statement: string): void {
  const database = new DatabaseSync(file);
  database.exec(statement);
  database.close();
}

test('a server that runs on the folder is found, and none can start while it is moved', async () => {
  const server = await openStore({ dataDir: folder });
  expect(await runData(['move'], env)).toMatchObject({
    code: 1,
    complained: expect.stringContaining(`${file} is in use. Stop Sesame`),
  });
  await server.close();
  const others: unknown[] = [];
  const { code } = await runData(['move'], env, {
    at: (line) => {
      if (!/^(Copying|Comparing)/.test(line)) return;
      const other = new DatabaseSync(file);
      try {
        others.push(other.exec('delete from users'));
      } catch (error) {
        others.push((error as Error).message);
      }
      other.close();
    },
  });
  expect([code, others]).toEqual([0, ['database is locked', 'database is locked']]);
});

test('a database with data is left alone, also where its tables are not of this version', async () => {
  await onServer(target.url, 'create table users (id text primary key)', `insert into users values ('theirs')`);
  const result = await runData(['move'], env);
  expect(result).toMatchObject({
    code: 1,
    complained: expect.stringContaining('has data of Sesame already (in users)'),
  });
  expect(await tablesInTarget()).toEqual(['users']);
});

test.each([
  ['Copying', 'before it begins'],
  ['Comparing', 'when all is there'],
])('interrupted at "%s", %s, nothing is left but empty tables, and the same command begins again', async (phase) => {
  const controller = new AbortController();
  const at = (line: string) => line.startsWith(phase) && controller.abort(new Error('Interrupted'));
  await expect(runData(['move'], env, { at, signal: controller.signal })).rejects.toThrow('Interrupted');
  expect([await rowsInTarget(), readdirSync(folder).sort()]).toEqual([[], ['secret.key', 'sesame.db']]);
  expect(await runData(['move'], env)).toMatchObject({ code: 0, complained: '' });
});

test('a row that PostgreSQL refuses, changes or swallows is found, and nothing of it is told', async () => {
  await (await openStore({ databaseUrl: target.url })).close();
  const triggerOn = (table: string, body: string) =>
    onServer(
      target.url,
      `create or replace function meddle() returns trigger language plpgsql as $$ begin ${body} end $$`,
      `create or replace trigger meddle before insert on ${table} for each row execute function meddle()`,
    );
  const refused = async () => {
    const result = await runData(['move'], env);
    expect([result.code, await rowsInTarget()]).toEqual([1, []]);
    return result.complained;
  };
  await triggerOn('users', `new.username = new.username || ' '; return new;`);
  expect(await refused()).toBe('Row 1 of users has another value of username in the copy.');
  await triggerOn('users', `if new.username is null then return null; end if; return new;`);
  expect(await refused()).toBe('Of 4 rows of users 3 went in.');
  await triggerOn('users', 'return new;');
  change(`update users set created_at = 'a secret' where rowid = 2`);
  expect(await refused()).toBe('PostgreSQL does not take a row of users (22P02).');
  change('update users set created_at = 1 where rowid = 2');
  expect((await runData(['move'], env)).code).toBe(0);
});

test('it says where the key is, and whether it is that of the data', async () => {
  const others = { ...env, SESAME_SECRET_KEY: 'another key, which has nothing to do with this data' };
  const { code, printed } = await runData(['move'], others);
  expect([code, printed]).toEqual([
    0,
    expect.stringContaining('The secret key in SESAME_SECRET_KEY is not that of this data'),
  ]);
  await target.remove();
  target = await newPostgres();
  await rm(join(folder, 'secret.key'));
  const without = await runData(['move', '--to', target.url], { SESAME_DATA_DIR: folder });
  expect(without.printed).toContain('set SESAME_SECRET_KEY to that of this data');
  await target.remove();
  target = await newPostgres();
  const set = await runData(['move', '--to', target.url], { SESAME_DATA_DIR: folder, SESAME_SECRET_KEY: dataKey });
  expect(set.printed).toContain('SESAME_SECRET_KEY stays as it is.');
});

test('what is not there is said by name', async () => {
  const complaint = async (words: string[], settings: Record<string, string>) => {
    const { code, complained } = await runData(words, settings);
    expect(code).toBe(1);
    return complained;
  };
  expect(await complaint(['move'], { SESAME_DATA_DIR: folder })).toContain('SESAME_DATABASE_URL (or --to)');
  expect(await complaint(['move', '--from', '/nowhere'], env)).toContain('There is no database in /nowhere.');
  expect(await complaint(['move', '--to', 'mysql://x'], env)).toContain('SESAME_DATABASE_URL');
  const nobody = 'postgres://user:a-secret@127.0.0.1:1/sesame';
  const unanswered = await complaint(['move', '--to', nobody], env);
  expect(unanswered).toContain('ECONNREFUSED');
  expect(unanswered).not.toContain('a-secret');
  expect(await complaint(['move', 'data'], env)).toContain('For example: npx sesame move --from');
  expect(await complaint(['backup'], env)).toContain('Name one file. For example: npx sesame backup');
  expect(await complaint(['restore', '--force', 'x'], env)).toContain("Unknown option '--force'");
  expect(contentsOfSqlite(file).users).toHaveLength(4);
});
