import { Pool, type PoolClient } from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { type Query, runBatch } from './batch.ts';

let pool: Pool;
let client: PoolClient;
let answers: string[];
beforeEach(async () => {
  pool = new Pool({ connectionString: `${inject('postgresUrl')}/postgres`, pipeline: true, max: 1 });
  client = await pool.connect();
  answers = [];
  const { connection } = client as PoolClient & { connection: NodeJS.EventEmitter };
  connection.on('message', ({ name }: { name: string }) => answers.push(name));
});
afterEach(async () => {
  client.release(true);
  await pool.end();
});

const run = async (queries: readonly Query[], isOwnSession = true) =>
  (await runBatch(client, queries, { prepares: true, isOwnSession })).map(({ rows }) => rows);
const count = (name: string) => answers.filter((answer) => answer === name).length;
const giving = (value: unknown, type = 'text'): Query => ({ sql: `select $1::${type} as value`, parameters: [value] });

test('statements are answered in order, each with its rows, and all at once', async () => {
  const [made, ...others] = await run([
    { sql: 'create temporary table things (id bigint primary key, name text) on commit drop', parameters: [] },
    { sql: 'insert into things select * from generate_series(1, $1), cast($2 as text)', parameters: [3, 'a'] },
    { sql: 'select name, id::int4 from things order by id', parameters: [] },
    { sql: 'delete from things where id > $1 returning id::int4', parameters: [1] },
    { sql: 'select 1 as one where false', parameters: [] },
  ]);
  expect(made).toEqual([]);
  expect(others).toEqual([[], [1, 2, 3].map((id) => ({ name: 'a', id })), [{ id: 2 }, { id: 3 }], []]);
  expect(count('readyForQuery')).toBe(1);
  expect(await run([{ sql: "select to_regclass('things') as name", parameters: [] }])).toEqual([[{ name: null }]]);
});

test.each([
  ['a text', 'Zoë 😀 \\ "\' {},\n'],
  ['an empty text', ''],
  ['a long text', '長'.repeat(20_000)],
  ['nothing', null],
  ['bytes', Buffer.from([0, 1, 92, 255]), 'bytea'],
  ['a number', -0.25, 'float8'],
  ['a truth', false, 'boolean'],
  ['texts', ['a "b" \\ c', '', '{d},NULL', '😀'], 'text[]'],
  ['no texts', [], 'text[]'],
  ['texts and nothing', ['NULL', null, ''], 'text[]'],
  ['numbers and nothing', [-1, null, 2], 'int4[]'],
])('%s arrives as it is', async (_, value, type?: string) => {
  expect(await run([giving('before'), giving(value, type), giving('after')])).toEqual([
    [{ value: 'before' }],
    [{ value }],
    [{ value: 'after' }],
  ]);
});

test('as many parameters as PostgreSQL takes', async () => {
  const parameters = Array.from({ length: 65_535 }, (_, index) => String(index));
  const list = parameters.map((_, index) => `($${index + 1})`).join();
  const [rows] = await run([{ sql: `select count(*)::int4 as count from (values ${list}) as given`, parameters }]);
  expect(rows).toEqual([{ count: 65_535 }]);
});

describe('a statement with a name', () => {
  const named = (value: string): Query => ({ ...giving(value), name: 'giving' });

  test('is prepared once in a session, which says once what its rows look like', async () => {
    expect(await run([named('a'), giving('b'), named('c')])).toEqual(['a', 'b', 'c'].map((value) => [{ value }]));
    expect({ prepared: count('parseComplete'), described: count('rowDescription') }).toEqual({
      prepared: 2,
      described: 2,
    });
    expect(await run([named('d')])).toEqual([[{ value: 'd' }]]);
    expect({ prepared: count('parseComplete'), described: count('rowDescription') }).toEqual({
      prepared: 2,
      described: 2,
    });
  });

  test('says each time what its rows look like where the next session may be another', async () => {
    await run([named('a')], false);
    await run([named('b')], false);
    expect({ prepared: count('parseComplete'), described: count('rowDescription') }).toEqual({
      prepared: 1,
      described: 2,
    });
  });

  test('fails where its rows would look different now', async () => {
    await client.query('create temporary table changing (one int4)');
    const reading = { sql: 'select * from changing', parameters: [], name: 'reading' };
    await run([reading]);
    await client.query('alter table changing add two int4');
    await expect(run([reading])).rejects.toMatchObject({ routine: 'RevalidateCachedQuery' });
  });
});

test('of statements of which one fails, none is done', async () => {
  await client.query('create temporary table once (id int4 primary key)');
  const insert = (id: number) => ({ sql: 'insert into once values ($1)', parameters: [id] });
  await expect(run([insert(1), insert(2), insert(1), insert(3)])).rejects.toMatchObject({ code: '23505' });
  expect(await run([{ sql: 'select id from once', parameters: [] }])).toEqual([[]]);
});

test('what is checked at the end fails all of them', async () => {
  await client.query('create temporary table late (id int4 unique deferrable initially deferred)');
  const insert = { sql: 'insert into late values (1)', parameters: [] };
  await expect(run([insert, insert])).rejects.toMatchObject({ code: '23505' });
  expect(await run([{ sql: 'select id from late', parameters: [] }])).toEqual([[]]);
});

test('a parameter that is an object of another kind is refused, and nothing is sent', async () => {
  await expect(run([giving('a'), giving({})])).rejects.toThrow(TypeError);
  expect(answers).toEqual([]);
});
