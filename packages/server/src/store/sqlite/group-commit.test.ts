import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CompiledQuery } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Optional } from '../statement.ts';
import { GroupCommit } from './group-commit.ts';

let database: DatabaseSync;
let commits: number;
let writes: GroupCommit;
/** Milliseconds, which only a commit takes. */
let time: number;
let commitMs: number;
let resting: { untilMs: number; begin: () => void }[];

beforeEach(() => {
  database = new DatabaseSync(':memory:');
  database.exec('create table things (name text unique)');
  [commits, time, commitMs, resting] = [0, 0, 0, []];
  const prepare = database.prepare.bind(database);
  database.prepare = (sql) => {
    const statement = prepare(sql);
    if (sql !== 'COMMIT') return statement;
    const run = statement.run.bind(statement);
    statement.run = () => {
      commits += 1;
      time += commitMs;
      return run();
    };
    return statement;
  };
  writes = new GroupCommit(database, {
    now: () => time,
    after: (milliseconds, begin) => void resting.push({ untilMs: time + milliseconds, begin }),
  });
});

const query = (sql: string, ...parameters: unknown[]) => ({ sql, parameters }) as unknown as CompiledQuery;
const insert = (name: string) => query('insert into things (name) values (?) returning name', name);
const names = () =>
  database
    .prepare('select name from things order by name')
    .all()
    .map(({ name }) => name);

test('what comes in turns after each other shares a commit', async () => {
  const first = writes.run([insert('a')]);
  await nextTurn();
  const second = writes.run([insert('b')]);
  await Promise.all([first, second]);
  expect([commits, names()]).toEqual([1, ['a', 'b']]);
});

test('what is made when the group begins tells what came until then, and goes where it was handed over', async () => {
  const told: string[] = [];
  const made = writes.runMade(() => [insert(`told ${told.join(' ')}`)]);
  told.push('a');
  const after = writes.run([insert('after')]);
  told.push('b');
  await Promise.all([made, after]);
  const inOrder = database.prepare('select name from things order by rowid').all();
  expect([commits, inOrder.map(({ name }) => name)]).toEqual([1, ['told a b', 'after']]);
});

test('what was made is made once, also where the group fails', async () => {
  let times = 0;
  const made = writes.runMade(() => {
    times += 1;
    return [insert('made')];
  });
  const outcomes = await Promise.allSettled([made, writes.run([insert('made')])]);
  expect([times, ...outcomes.map(({ status }) => status)]).toEqual([1, 'fulfilled', 'rejected']);
});

test('nobody waits for those who go on coming', async () => {
  let isAnswered = false;
  const units = [writes.run([insert('first')]).then(() => (isAnswered = true))];
  for (let turn = 0; !isAnswered; turn += 1) {
    await nextTurn();
    if (!isAnswered) units.push(writes.run([insert(`${turn}`)]).then(() => true));
    expect(turn).toBeLessThan(10);
  }
  await Promise.all(units);
  expect(names()).toHaveLength(units.length);
});

const manyTurns = async () => {
  for (let turn = 0; turn < 10; turn += 1) await nextTurn();
};

describe('after a commit that took 8 ms', () => {
  const writeAll = (...names: string[]) => Promise.all(names.map((name) => writes.run([insert(name)])));
  beforeEach(() => {
    commitMs = 8;
  });

  test('of several, what comes within as long shares the next one', async () => {
    await writeAll('a', 'b');
    const third = writeAll('c');
    await manyTurns();
    time += 3;
    const fourth = writeAll('d');
    await manyTurns();
    expect([commits, resting.map(({ untilMs }) => untilMs)]).toEqual([1, [16]]);
    resting[0]?.begin();
    await Promise.all([third, fourth]);
    expect([commits, names()]).toEqual([2, ['a', 'b', 'c', 'd']]);
  });

  test('of several, what comes later than that begins at once', async () => {
    await writeAll('a', 'b');
    time += 8;
    await writeAll('c');
    expect([commits, resting]).toEqual([2, []]);
  });

  test('of one that somebody waited for, nobody waits', async () => {
    await Promise.all([writes.run([insert('told to nobody')], false), writes.runMade(() => []), writeAll('a')]);
    await writeAll('b');
    expect([commits, resting]).toEqual([2, []]);
  });

  test('of several, a full group begins at once', async () => {
    await writeAll('a', 'b');
    await writeAll(...Array.from({ length: 64 }, (_, index) => `n${index}`));
    expect([commits, resting]).toEqual([2, []]);
  });

  test('of several, a group that is full before its rest is over begins at once, and cuts no other rest short', async () => {
    await writeAll('a', 'b');
    const third = writeAll('c');
    await manyTurns();
    const more = writeAll(...Array.from({ length: 63 }, (_, index) => `n${index}`));
    await manyTurns();
    const next = writeAll('z');
    await manyTurns();
    resting[0]?.begin();
    expect([commits, resting.map(({ untilMs }) => untilMs)]).toEqual([2, [16, 24]]);
    resting[1]?.begin();
    await Promise.all([third, more, next]);
  });
});

test('a disk that is slow for long keeps nobody for as long', async () => {
  commitMs = 400;
  await Promise.all([writes.run([insert('a')]), writes.run([insert('b')])]);
  const third = writes.run([insert('c')]);
  await manyTurns();
  expect(resting.map(({ untilMs }) => untilMs - time)).toEqual([25]);
  resting[0]?.begin();
  await third;
});

test('a statement that would change nothing is left out', async () => {
  const unlessOne = (sql: string): Optional => ({ ...query(sql), isIdle: ([first]) => first?.rows.length === 1 });
  const rename = unlessOne(`update things set name = 'renamed' returning name`);
  expect(await writes.run([insert('a'), rename])).toMatchObject([{ rows: [{ name: 'a' }] }, { rows: [] }]);
  const none = query(`select name from things where name = 'nobody'`);
  expect(await writes.run([none, rename])).toMatchObject([{ rows: [] }, { rows: [{ name: 'renamed' }] }]);
});

test('where the database is locked by another process, all of a group wait for it once', async () => {
  let tries = 0;
  const locked = new GroupCommit(database, undefined, () => {
    tries += 1;
    throw Object.assign(new Error('database is locked'), { errcode: 5 });
  });
  const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((name) => locked.run([insert(name)])));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(tries).toBe(1);
});
