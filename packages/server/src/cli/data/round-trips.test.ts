import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataKey, newFullFolder, newPostgres, onServer, runData } from '../../../../../test/setup/data-commands.ts';
import { type Contents, contentsOfPostgres, contentsOfSqlite } from '../../../../../test/setup/full-database.ts';
import { newMemoryFolder } from '../../../../../test/setup/memory-folder.ts';
import { startPgbouncer } from '../../../../../test/setup/pgbouncer.ts';
import { databases } from '../../../../../test/setup/stores.ts';

/** Without what the commands say of themselves in the audit log. */
const withoutEntries = (contents: Contents): Contents => ({
  ...contents,
  audit_log: contents.audit_log?.filter((row) => !row.includes('"database.')) ?? [],
});
const entriesOf = (contents: Contents) =>
  (contents.audit_log ?? [])
    .map((row) => Object.fromEntries(JSON.parse(row)))
    .filter(({ action }) => action.startsWith('database.'))
    .map(({ action, actor_type, actor_id, details }) => [action, actor_type, actor_id, JSON.parse(details)]);

let folder: string;
let postgres: Awaited<ReturnType<typeof newPostgres>>;
let original: Contents;
let moved: Awaited<ReturnType<typeof runData>>;
beforeAll(async () => {
  folder = await newFullFolder();
  original = contentsOfSqlite(join(folder, 'sesame.db'));
  postgres = await newPostgres();
  moved = await runData(['move'], { SESAME_DATA_DIR: folder, SESAME_DATABASE_URL: postgres.url });
});
afterAll(async () => {
  await postgres.remove();
  await rm(folder, { recursive: true });
});

const settingsOf = (database: (typeof databases)[number]): Record<string, string> => ({
  SESAME_DATA_DIR: folder,
  ...(database === 'PostgreSQL' && { SESAME_DATABASE_URL: postgres.url }),
});

test('a folder is in PostgreSQL after the move, every table and column of it, and as it was itself', async () => {
  expect(moved).toMatchObject({ code: 0, complained: '' });
  expect(Object.keys(original).length).toBeGreaterThan(20);
  const contents = await contentsOfPostgres(postgres.url);
  expect(withoutEntries(contents)).toEqual(original);
  expect(entriesOf(contents)).toEqual([['database.move', 'server', 'command-line', { from: 'SQLite' }]]);
  expect(contentsOfSqlite(join(folder, 'sesame.db'))).toEqual(original);
});

test('the move says how many rows of each table came, their digests, and what to change', async () => {
  for (const [table, rows] of Object.entries(original)) {
    expect(moved.printed).toMatch(new RegExp(`^  ${table} +${rows.length}  [0-9a-f]{64}$`, 'm'));
  }
  expect(moved.printed).toContain('SESAME_DATABASE_URL is the URL of this PostgreSQL database.');
  expect(moved.printed).toContain(`The secret key is in ${join(folder, 'secret.key')}: keep SESAME_DATA_DIR`);
  expect(moved.printed).not.toContain(dataKey);
  expect(moved.printed).not.toContain('postgres:postgres@');
});

describe.each(databases)('a backup of %s', (from) => {
  let backup: string;
  let folders: string[];
  let taken: Awaited<ReturnType<typeof runData>>;
  beforeAll(async () => {
    folders = [await newMemoryFolder('sesame-backups-'), await newMemoryFolder('sesame-restored-')];
    backup = join(folders[0] ?? '', 'backup.db');
    taken = await runData(['backup', backup], settingsOf(from));
  });
  afterAll(() => {
    for (const each of folders) rmSync(each, { recursive: true });
  });

  test('is one file for its owner, and says what is not in it', () => {
    expect(taken).toMatchObject({ code: 0, complained: '' });
    expect(readdirSync(folders[0] ?? '')).toEqual(['backup.db']);
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    expect(taken.printed).toContain(`keep a copy of ${join(folder, 'secret.key')} in another place`);
    expect(taken.printed).toContain('Installed connectors are not in it');
    expect(readFileSync(backup).includes(dataKey)).toBe(false);
    const { header } = new DatabaseSync(backup, { readOnly: true })
      .prepare('select header from sesame_backup')
      .get() as {
      header: string;
    };
    for (const [table, { rows, digest }] of Object.entries<{ rows: number; digest: string }>(
      JSON.parse(header).tables,
    )) {
      expect(taken.printed).toMatch(new RegExp(`^  ${table} +${rows}  ${digest}$`, 'm'));
    }
  });

  test('leaves the database as it is', async () => {
    const contents =
      from === 'SQLite' ? contentsOfSqlite(join(folder, 'sesame.db')) : await contentsOfPostgres(postgres.url);
    expect(withoutEntries(contents)).toEqual(original);
  });

  test('is not written over another file', async () => {
    const before = readFileSync(backup);
    const again = await runData(['backup', backup], settingsOf(from));
    expect(again).toMatchObject({ code: 1, complained: `${backup} is there already. Name a new file.` });
    expect(readFileSync(backup).equals(before)).toBe(true);
  });

  test.each(databases)('has everything in %s again', async (to) => {
    const [, place = ''] = folders;
    const empty = to === 'PostgreSQL' ? await newPostgres() : undefined;
    const env = {
      SESAME_DATA_DIR: place,
      SESAME_SECRET_KEY: dataKey,
      ...(empty && { SESAME_DATABASE_URL: empty.url }),
    };
    const restored = await runData(['restore', backup], env);
    expect(restored).toMatchObject({ code: 0, complained: '' });
    expect(readdirSync(place)).toEqual(empty ? [] : ['sesame.db']);
    const contents = empty ? await contentsOfPostgres(empty.url) : contentsOfSqlite(join(place, 'sesame.db'));
    expect(withoutEntries(contents)).toEqual(original);
    const [[action, actor, id] = []] = entriesOf(contents).filter(([name]) => name === 'database.restore');
    expect([action, actor, id]).toEqual(['database.restore', 'server', 'command-line']);
    const again = await runData(['restore', backup], env);
    expect(again.code).toBe(1);
    expect(again.complained).toMatch(empty ? /has data of Sesame already/ : /there is sesame\.db.*\. Stop Sesame/);
    for (const left of readdirSync(place)) rmSync(join(place, left));
    await empty?.remove();
  });
});

test('all of it goes through pgbouncer in transaction mode', async () => {
  const [target, place] = [await newPostgres(), await newMemoryFolder('sesame-pooled-')];
  const pool = await startPgbouncer(target.url, 'transaction');
  const SESAME_DATABASE_URL = `${pool.url}/${target.url.split('/').at(-1)}`;
  expect(await runData(['move', '--from', folder], { SESAME_DATABASE_URL })).toMatchObject({ code: 0, complained: '' });
  const backup = join(place, 'backup.db');
  const env = { SESAME_DATABASE_URL, SESAME_SECRET_KEY: dataKey };
  expect(await runData(['backup', backup, '--with-key'], env)).toMatchObject({ code: 0, complained: '' });
  const back = { SESAME_DATA_DIR: join(place, 'data') };
  expect(await runData(['restore', backup], back)).toMatchObject({ code: 0, complained: '' });
  expect(withoutEntries(contentsOfSqlite(join(place, 'data', 'sesame.db')))).toEqual(original);
  await pool.close();
  await target.remove();
  await rm(place, { recursive: true });
});

test('a NUL, which PostgreSQL does not keep, becomes U+FFFD, and the command says where', async () => {
  const [withNul, target] = [await newFullFolder({ nul: '\0' }), await newPostgres()];
  const result = await runData(['move', '--from', withNul, '--to', target.url], {});
  expect(result).toMatchObject({ code: 0, complained: '' });
  expect(result.printed).toContain('In 4 rows of users U+FFFD took the place of a NUL');
  const names = await onServer(target.url, 'select username from users where username is not null order by id');
  expect(names[0]?.username).toMatch(/^users\.username 0 \uFFFD/);
  await target.remove();
  await rm(withNul, { recursive: true });
});
