import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CompiledQuery, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newMigratedLocation } from '../../../../../test/setup/stores.ts';
import { checkCode } from '../checks.ts';
import { beginSend } from '../sends.ts';
import { findSignInFlow } from '../sign-in-flows.ts';
import { listSpendings, type Spent } from '../spendings.ts';
import { statement } from '../statement.ts';
import { openStore, type Store } from '../store.ts';
import type { MessagesTable } from '../tables/messages.ts';
import { createGroups } from './groups.ts';

const start = 1_800_000_000_000;
let place: Awaited<ReturnType<typeof newMigratedLocation>>;
let url: string;
let store: Store;
beforeEach(async () => {
  place = await newMigratedLocation('PostgreSQL');
  url = 'databaseUrl' in place.location ? place.location.databaseUrl : '';
  store = await openStore({ databaseUrl: url });
});
afterEach(async () => {
  await store.close();
  await place.remove();
});

const insert = statement<{ name: string }>((slot, db) =>
  db.insertInto('settings').values({ name: slot(({ name }) => name), value: '{}', updated_at: 1 }),
);
const write = (name: string, locks: readonly string[] = [name]) => store.atomically([insert(store, { name })], locks);
const names = async () =>
  (await store.db.selectFrom('settings').select('name').orderBy('name').execute()).map(({ name }) => name);
const transactions = async () => {
  const { rows } = await sql<{ xmin: string }>`select distinct xmin::text from settings`.execute(store.db);
  return rows.length;
};

describe('units of the same turn', () => {
  test('share a transaction', async () => {
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => write(name)));
    expect(await names()).toEqual(['a', 'b', 'c', 'd']);
    expect(await transactions()).toBe(1);
  });

  test.each([
    [130, 1, 3],
    [80, 3, 2],
    [2, 200, 2],
  ])('are no more than a group takes: %i with %i names each', async (count, named, groups) => {
    const namesOf = (name: string) => Array.from({ length: named }, (_, index) => `${name}/${index}`);
    await Promise.all(Array.from({ length: count }, (_, index) => write(`n${index}`, namesOf(`n${index}`))));
    expect(await names()).toHaveLength(count);
    expect(await transactions()).toBe(groups);
  });

  test('without names of what they want travel alone', async () => {
    await Promise.all(['a', 'b'].map((name) => store.atomically([insert(store, { name })])));
    expect(await transactions()).toBe(2);
  });

  test('fail alone: the others are in, each whole', async () => {
    const twice = [insert(store, { name: 'half' }), insert(store, { name: 'half' })];
    const outcomes = await Promise.allSettled([write('a'), store.atomically(twice, ['half']), write('b'), write('a')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
    expect(await names()).toEqual(['a', 'b']);
    await write('c');
  });

  test('of two processes never wait for each other in a circle, and limits are exact', async () => {
    const other = await openStore({ databaseUrl: url });
    const limit = (key: string, maxSends: number) => ({ key, maxSends, windowMs: 600_000 });
    const waits = await Promise.all(
      Array.from({ length: 240 }, (_, index) =>
        beginSend(index % 2 ? store : other, {
          message: messageTo(`+${index % 7}`, index),
          code: { flow: `f${index % 5}`, digest: 'd', expiresAt: start + 1 },
          limits: [limit(`network:${index % 3}`, 60), limit(`other:${index % 11}`, 60), limit('total', 100)],
        }),
      ),
    );
    expect(waits.filter((wait) => wait === 0)).toHaveLength(100);
    const { rows } = await sql<{ sends: number }>`select sends from send_limits where key = 'total'`.execute(store.db);
    expect(rows).toEqual([{ sends: 100 }]);
    await Promise.all([store.close(), other.close()]);
    store = await openStore({ databaseUrl: url });
    const stats = await sql<{ deadlocks: number }>`select deadlocks from pg_stat_database
      where datname = current_database()`.execute(store.db);
    expect(stats.rows).toEqual([{ deadlocks: 0 }]);
  });

  test('of two processes never go beyond a limit or a cap, and each is told what its own send came to', async () => {
    const other = await openStore({ databaseUrl: url });
    const cap = (key: string, maxMessages: number) => ({ key, maxMessages, maxCost: null, endsAt: start });
    const once = (key: unknown) => ({ key: `${key}`, maxSends: 1, windowMs: 600_000 });
    const told: Spent[][] = [];
    const waits = await Promise.all(
      Array.from({ length: 160 }, (_, index) =>
        beginSend(index % 2 ? store : other, {
          message: { ...messageTo(`+${index}`, index), cost: index },
          code: { flow: 'f', digest: 'd', expiresAt: start + 1 },
          limits: [index, ...(index < 80 ? [`network:${index >> 2}`] : [])].map(once),
          caps: index < 80 ? [] : [cap(`country:${index >> 2}`, 1), ...(index % 4 < 2 ? [cap('all', 15)] : [])],
          tellSpent: (spent) => told.push([...spent]),
        }),
      ),
    );
    await other.close();
    expect(waits.slice(0, 80).filter((wait) => wait === 0)).toHaveLength(20);
    expect(waits.slice(80).filter((wait) => wait === 0)).toHaveLength(told.length);
    for (const spent of await listSpendings(store, ['all', ...waits.map((_, index) => `country:${index}`)])) {
      const counts = told.flatMap((one) => one.flatMap(({ key, messages }) => (key === spent.key ? messages : [])));
      expect(counts.length).toBe(spent.messages);
      expect(spent.messages).toBeLessThanOrEqual(spent.key === 'all' ? 15 : 1);
      expect(counts.toSorted((a, b) => a - b)).toEqual(counts.map((_, place) => place + 1));
    }
  });
});

test('a second group has no fewer units than the one under way, and waits for its end otherwise', async () => {
  const begun: { units: number; end: () => void }[] = [];
  const together = (queries: readonly unknown[]) =>
    new Promise<{ rows: unknown[] }[]>((resolve) => {
      begun.push({ units: queries.length, end: () => resolve(queries.map(() => ({ rows: [] }))) });
    });
  const grouped = createGroups({ together, alone: together });
  const done: Promise<unknown>[] = [];
  const ask = async (units: number) => {
    for (let unit = 0; unit < units; unit += 1) {
      done.push(grouped({ queries: [{ sql: 'select 1', parameters: [] }], locks: [] }));
    }
    await nextTurn();
    await nextTurn();
    return begun.map((group) => group.units);
  };
  expect(await ask(3)).toEqual([3]);
  expect(await ask(2)).toEqual([3]);
  expect(await ask(2)).toEqual([3, 4]);
  expect(await ask(9)).toEqual([3, 4]);
  begun[1]?.end();
  expect(await ask(0)).toEqual([3, 4, 9]);
  expect(await ask(1)).toEqual([3, 4, 9]);
  begun[2]?.end();
  expect(await ask(0)).toEqual([3, 4, 9]);
  begun[0]?.end();
  expect(await ask(0)).toEqual([3, 4, 9, 1]);
  expect(await ask(1)).toEqual([3, 4, 9, 1, 1]);
  for (const { end } of begun) end();
  await Promise.all(done);
});

describe('reads of the same turn', () => {
  const look = statement<{ divisor: number }, { begun: string }>((slot, db) =>
    db.selectNoFrom([
      sql<string>`cast(now() as text)`.as('begun'),
      sql`1 / cast(${slot(({ divisor }) => divisor)} as int4)`.as('one'),
    ]),
  );
  const begun = async (divisor = 1) => (await store.run(look(store, { divisor })))[0]?.begun;

  test('share a transaction', async () => {
    const [time, ...times] = await Promise.all([begun(), begun(), begun()]);
    expect(times).toEqual([time, time]);
    expect(await begun()).not.toBe(time);
  });

  test('fail alone', async () => {
    const outcomes = await Promise.allSettled([begun(), begun(0), begun()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('fail alone where one of them meets a broken page', async () => {
    await sql`create function broken_at(int4) returns int4 language plpgsql as $$ begin
      if $1 = 0 then raise exception using errcode = 'XX001'; end if; return $1; end $$`.execute(store.db);
    const meet = statement<{ page: number }, { page: number }>((slot, db) =>
      db.selectNoFrom(sql<number>`broken_at(cast(${slot(({ page }) => page)} as int4))`.as('page')),
    );
    const outcomes = await Promise.allSettled([1, 0, 2].map((page) => store.run(meet(store, { page }))));
    expect(outcomes).toMatchObject([{ value: [{ page: 1 }] }, { reason: { code: 'XX001' } }, { value: [{ page: 2 }] }]);
  });

  test('do not wait for writes', async () => {
    await write('a');
    const forgetting = store.db.deleteFrom('settings').where('name', '=', 'a').compile();
    const waiting: Promise<unknown>[] = [];
    await store.db.transaction().execute(async (transaction) => {
      await transaction.updateTable('settings').set({ value: '1' }).where('name', '=', 'a').execute();
      waiting.push(store.atomically([forgetting], ['a']), store.atomically([forgetting], ['b']));
      expect(await begun()).toBeDefined();
    });
    await Promise.all(waiting);
    expect(await names()).toEqual([]);
  });
});

test('wrong answers to codes of several flows lock a number at the hundredth, whichever process takes them', async () => {
  const other = await openStore({ databaseUrl: url });
  for (let flow = 0; flow < 5; flow += 1) {
    const code = { flow: `f${flow}`, digest: 'right', expiresAt: start + 600_000 };
    await beginSend(store, { message: messageTo('+1', flow), code, limits: [] });
  }
  const outcomes = await Promise.all(
    Array.from({ length: 300 }, (_, index) =>
      checkCode(index % 2 ? store : other, {
        ...{ id: `check-${index}`, flow: `f${index % 5}`, recipient: '+1', counter: `device:${index % 15}` },
        ...{ digest: 'wrong', maxTries: 1_000, now: start },
      }),
    ),
  );
  await other.close();
  expect(outcomes.filter(({ outcome }) => outcome === 'wrong')).toHaveLength(100);
  expect(outcomes.filter(({ outcome }) => outcome === 'locked')).toHaveLength(200);
});

describe('prepared statements', () => {
  const prepared = async () => {
    const { rows } = await sql<{ name: string }>`select name from pg_prepared_statements`.execute(store.db);
    return rows.map(({ name }) => name);
  };
  const nameOf = (query: CompiledQuery) => (query as CompiledQuery & { name: string }).name;
  const find = () => findSignInFlow(store, { id: 'none', keyDigest: 'none', now: 1 });
  const insertA = () => nameOf(insert(store, { name: 'a' }));

  test('are those that are compiled once', async () => {
    await write('a');
    await find();
    expect(await prepared()).toEqual(expect.arrayContaining([insertA(), 'sesame_lock']));
    expect(await prepared()).toHaveLength(3);
  });

  test('are not there where the URL says so', async () => {
    await store.close();
    store = await openStore({ databaseUrl: `${url}&prepared_statements=false` });
    await write('a');
    await find();
    expect(await prepared()).toEqual([]);
  });

  test('may be gone', async () => {
    await Promise.all([write('a'), find()]);
    await sql`deallocate all`.execute(store.db);
    await Promise.all([write('b'), write('c')]);
    await sql`deallocate all`.execute(store.db);
    expect(await find()).toBeUndefined();
    expect(await names()).toEqual(['a', 'b', 'c']);
  });

  test('may be there from somebody else', async () => {
    await sql`prepare ${sql.raw(`"${insertA()}"`)} as select 1`.execute(store.db);
    await Promise.all([write('b'), write('c')]);
    expect(await names()).toEqual(['b', 'c']);
  });

  test('may not fit the tables any more', async () => {
    await Promise.all([find(), find(), find()]);
    await sql`alter table sign_in_flows add column later text`.execute(store.db);
    for (let turn = 0; turn < 4; turn += 1) expect(await find()).toBeUndefined();
  });
});

function messageTo(recipient: string, index: number): MessagesTable {
  return {
    id: `m${index}`,
    recipient,
    country: null,
    usage_type: 'SignIn',
    locale: null,
    factory_id: null,
    connector_id: null,
    state: 'sending',
    provider_message_id: null,
    error: null,
    created_at: start,
    updated_at: start,
    verified_at: null,
  };
}
