import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CompiledQuery } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import type { Optional } from '../statement.ts';
import { GroupCommit } from './group-commit.ts';

let database: DatabaseSync;
let commits: number;
let writes: GroupCommit;

beforeEach(() => {
  database = new DatabaseSync(':memory:');
  database.exec('create table things (name text unique)');
  commits = 0;
  const prepare = database.prepare.bind(database);
  database.prepare = (sql) => {
    const statement = prepare(sql);
    if (sql !== 'COMMIT') return statement;
    const run = statement.run.bind(statement);
    statement.run = () => {
      commits += 1;
      return run();
    };
    return statement;
  };
  writes = new GroupCommit(database);
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

test('a statement that would change nothing is left out', async () => {
  const unlessOne = (sql: string): Optional => ({ ...query(sql), isIdle: ([first]) => first?.rows.length === 1 });
  const rename = unlessOne(`update things set name = 'renamed' returning name`);
  expect(await writes.run([insert('a'), rename])).toMatchObject([{ rows: [{ name: 'a' }] }, { rows: [] }]);
  const none = query(`select name from things where name = 'nobody'`);
  expect(await writes.run([none, rename])).toMatchObject([{ rows: [] }, { rows: [{ name: 'renamed' }] }]);
});
