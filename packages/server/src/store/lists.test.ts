import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plansOf } from '../../../../test/setup/plans.ts';
import { databases, newUnusedStore } from '../../../../test/setup/stores.ts';
import { everyMessage, listMessages, type MessageFilter } from './messages.ts';
import type { Store } from './store.ts';
import type { MessagesTable } from './tables/messages.ts';

const start = 1_800_000_000_000;
const rows = 25_000;
const clock = () => start;

/** A row of which nobody knows how the list is ordered; many have the time of others. */
const message = (index: number): MessagesTable => ({
  id: `m${(index * 7919) % rows}`,
  recipient: `+86138${String(index % 4_000).padStart(8, '0')}`,
  country: index % 997 === 3 ? 'KE' : 'CN',
  usage_type: 'SignIn',
  locale: null,
  factory_id: 'one',
  connector_id: 'c1',
  state: index % 1_000 === 7 ? 'failed' : 'accepted',
  provider_message_id: null,
  error:
    index % 1_000 === 7
      ? JSON.stringify(
          index % 3_000 === 7
            ? { code: 'connector.a_b', kind: 'limit', providerCode: '2%_"1' }
            : { code: 'connector.aXb', kind: 'limit', message: '"providerCode":"2%_"1"', providerCode: '2X_"1' },
        )
      : null,
  created_at: start + Math.floor(index / 10),
  updated_at: start,
  verified_at: index % 500 === 7 ? start : null,
});

describe.each(databases)('lists on %s', (database) => {
  let store: Store;
  let all: MessagesTable[];
  beforeAll(async () => {
    store = await newUnusedStore(database);
    const made = Array.from({ length: rows }, (_, index) => message(index));
    for (let from = 0; from < rows; from += 1_000) {
      await store.db
        .insertInto('messages')
        .values(made.slice(from, from + 1_000))
        .execute();
    }
    if (database === 'PostgreSQL') await sql`analyze messages`.execute(store.db);
    const ids = await sql<{ id: string }>`select id from messages order by created_at desc, id desc`.execute(store.db);
    const byId = new Map(made.map((row) => [row.id, row]));
    all = ids.rows.map(({ id }) => byId.get(id) as MessagesTable);
  });
  afterAll(() => store.close());

  const filters: [string, MessageFilter, (row: MessagesTable) => boolean][] = [
    ['everything', {}, () => true],
    ['an outcome that the state does not say', { outcome: 'verified' }, (row) => row.verified_at !== null],
    ['an outcome', { outcome: 'failed' }, (row) => row.state === 'failed' && row.verified_at === null],
    ['a rare country', { country: 'KE' }, (row) => row.country === 'KE'],
    ['a state', { state: 'failed' }, (row) => row.state === 'failed'],
    [
      'the usual state',
      { state: 'accepted', until: start + 300 },
      (row) => row.state === 'accepted' && row.created_at < start + 300,
    ],
    ['an error', { errorCode: 'connector.a_b' }, (row) => row.error?.includes('a_b') ?? false],
    [
      'an error and a state',
      { errorCode: 'connector.a_b', state: 'failed' },
      (row) => row.error?.includes('a_b') ?? false,
    ],
    [
      "a provider's code and a kind",
      { errorKind: 'limit', providerCode: '2%_"1' },
      (row) => row.error?.includes('a_b') ?? false,
    ],
    [
      'what says no kind',
      { errorKind: null, tests: false, until: start + 300 },
      (row) => !row.error && row.created_at < start + 300,
    ],
    ['a recipient', { recipients: ['+8613800000033'] }, (row) => row.recipient === '+8613800000033'],
    ['the end of a number', { recipientLike: ['%3999', '+87%'] }, (row) => row.recipient.endsWith('3999')],
    [
      'a time',
      { from: start + 100, until: start + 200 },
      (row) => row.created_at >= start + 100 && row.created_at < start + 200,
    ],
  ];

  test.each(filters)('of %s are walked by page, forwards and backwards', async (_, filter, isMatch) => {
    const expected = all.filter(isMatch).map(({ id }) => id);
    const limit = Math.max(2, Math.ceil(Math.min(expected.length, 400) / 3));
    const numbered = await listMessages(store, filter, { limit, offset: limit }, clock);
    expect(numbered.rows.map(({ id }) => id)).toEqual(expected.slice(limit, 2 * limit));
    let page = await listMessages(store, filter, { limit }, clock);
    expect(page.isAfterOthers).toBe(false);
    for (let from = 0; from < Math.min(expected.length, 400); from += limit) {
      expect(page.rows.map(({ id }) => id)).toEqual(expected.slice(from, from + limit));
      expect(page.isBeforeOthers).toBe(from + limit < expected.length);
      if (!page.isBeforeOthers || !page.last || !page.first) break;
      const next = await listMessages(store, filter, { limit, after: page.last }, clock);
      const back = await listMessages(store, filter, { limit, before: next.first ?? page.last }, clock);
      expect(back.rows).toEqual(page.rows);
      expect(back.isAfterOthers).toBe(from > 0);
      page = next;
    }
  });

  test.each(filters)('of %s come whole in an export, and on from a place', async (_, filter, isMatch) => {
    const expected = all.filter(isMatch);
    const read = async (from: Parameters<typeof everyMessage>[2]) => {
      const ids: string[] = [];
      for await (const slice of everyMessage(store, filter, from)) {
        expect(slice.length).toBeLessThanOrEqual(200);
        ids.push(...slice.map(({ id }) => id));
      }
      return ids;
    };
    expect(await read({})).toEqual(expected.map(({ id }) => id));
    const [, second] = expected;
    const place = { at: second?.created_at ?? 0, id: second?.id ?? '' };
    expect(await read({ after: place })).toEqual(expected.slice(2).map(({ id }) => id));
  });

  test('are walked from the oldest on as well, and exported', async () => {
    const filter = { country: 'KE' };
    const expected = all.filter(({ country }) => country === 'KE').toReversed();
    const ids = (rows: MessagesTable[]) => rows.map(({ id }) => id);
    const sort = 'oldest';
    const first = await listMessages(store, filter, { limit: 5, sort }, clock);
    expect(ids(first.rows)).toEqual(ids(expected.slice(0, 5)));
    const second = await listMessages(store, filter, { limit: 5, sort, after: first.last }, clock);
    expect(ids(second.rows)).toEqual(ids(expected.slice(5, 10)));
    const back = await listMessages(store, filter, { limit: 5, sort, before: second.first }, clock);
    expect(back.rows).toEqual(first.rows);
    expect([back.isAfterOthers, back.isBeforeOthers]).toEqual([false, true]);
    const exported: MessagesTable[] = [];
    for await (const slice of everyMessage(store, filter, { sort })) exported.push(...slice);
    expect(ids(exported)).toEqual(ids(expected));
  });

  test('say how many there are, and how sure that is', async () => {
    const totalOf = async (filter: MessageFilter, offset = 0, now = clock) => {
      const listed = await listMessages(store, filter, { limit: 5, offset }, now);
      return listed.total === undefined ? undefined : [listed.total, listed.totalIs];
    };
    expect(await totalOf({})).toEqual([rows, 'exact']);
    expect(await totalOf({ country: 'KE' })).toEqual([26, 'exact']);
    expect(await totalOf({ country: 'CN' })).toEqual([10_000, 'at-least']);
    expect(await totalOf({ state: 'failed' }, 1_000)).toEqual([25, 'exact']);
    expect(await totalOf({ country: 'XX' })).toEqual([0, 'exact']);
    expect(await totalOf({ country: 'CN' }, 90_000)).toEqual([10_000, 'at-least']);
    // Each look at the clock is an hour later: there is time for one slice.
    let hours = 0;
    const hurried = () => start + (hours++ < 2 ? 0 : hours * 3_600_000);
    expect(await totalOf({ country: 'KE' }, 0, hurried)).toEqual([
      all.slice(0, 20_000).filter(({ country }) => country === 'KE').length,
      'at-least',
    ]);
    const page = await listMessages(store, {}, { limit: 5, after: { at: start + 5, id: '' } }, clock);
    expect(page.total).toBeUndefined();
  });

  test('refuse what is not found in time', async () => {
    let hours = 0;
    const hurried = () => start + hours++ * 3_600_000;
    await expect(listMessages(store, { country: 'XX' }, { limit: 5 }, hurried)).rejects.toMatchObject({
      code: 'request.too_broad',
    });
  });

  test('about how many rows a table has is known without a look at them', async () => {
    expect(Math.abs((await store.estimateRows('messages')) - rows)).toBeLessThan(rows / 10);
    expect(await store.estimateRows('verification_codes')).toBeLessThan(10_000);
  });

  test('of a whole number, or of most of one, are those that the index of recipients has', async () => {
    const recipientLike = ['+861380000003%', '+8613800001000'];
    const expected = all.filter(({ recipient }) => /^\+861380000003|^\+8613800001000$/.test(recipient));
    const read = (from: Store, limit: number) => listMessages(from, { recipientLike }, { limit }, clock);
    expect((await read(store, 100)).rows.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    for (const plan of await plansOf(store, (reading) => read(reading, 5))) {
      expect(plan).toContain('messages_by_recipient');
      expect(plan).not.toMatch(/Seq Scan|SCAN messages$/m);
    }
    expect((await listMessages(store, { recipientLike: [] }, { limit: 5 }, clock)).rows).toEqual([]);
  });

  const after = { at: start + 1_000, id: 'm1' };
  test.each<[string, MessageFilter, Parameters<typeof listMessages>[2]]>([
    ...filters.map(([name, filter]): [string, MessageFilter, { limit: number }] => [name, filter, { limit: 5 }]),
    ['everything, by number', {}, { limit: 5, offset: 10_000 }],
    ['everything, after a place', {}, { limit: 5, after }],
    ['everything, before a place', {}, { limit: 5, before: after }],
    ['a state, after a place', { state: 'failed' }, { limit: 5, after }],
  ])('of %s walk along an index', async (_, filter, page) => {
    for (const plan of await plansOf(store, (read) => listMessages(read, filter, page, clock))) {
      if (plan.includes('Function') || plan.includes('CONSTANT ROW')) continue;
      expect(plan).toMatch(/index (messages_|sqlite_autoindex_messages)|Index (Only )?Scan|Bitmap Index Scan/i);
      expect(plan).not.toMatch(/Seq Scan|SCAN messages$|TEMP B-TREE FOR ORDER BY/m);
    }
  });
});
