import { type CompiledQuery, sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { planOf } from '../../../../test/setup/plans.ts';
import { databases, newStore, newUnusedStore } from '../../../../test/setup/stores.ts';
import { checkCode } from './checks.ts';
import { settleMessage } from './messages.ts';
import { beginSend } from './sends.ts';
import type { Store } from './store.ts';
import type { MessagesTable } from './tables/messages.ts';

const start = 1_800_000_000_000;
const minute = 60_000;

const messageOf = (id: string, recipient: string, now: number): MessagesTable => ({
  ...{ id, recipient, country: 'DE', usage_type: 'Generic', locale: null, factory_id: 'http-sms', connector_id: 'c' },
  ...{ state: 'sending', provider_message_id: null, error: null, created_at: now, updated_at: now, verified_at: null },
  cost: 3,
});

/** What could end a text, or be none, in a list of texts. */
const odd = ['f', '', 'NULL', '"', '\\', "'", 'a,b', '{}', ' x ', '\n', '😀', '"\\",NULL}', 'x'.repeat(5000)];

function sending(
  store: Store,
  { id, phone, now, flow = 'f', network = phone, limits = 1, caps = 0, digest = 'right', purpose = 'p' }: Sent,
) {
  /** The first is of the number alone. */
  const keys = (count: number) => Array.from({ length: count }, (_, place) => `${place}/${place ? network : phone}`);
  return beginSend(store, {
    message: { ...messageOf(id, phone, now), asked: flow, cost_currency: purpose },
    code: {
      ...{ flow, digest, expiresAt: now + 10 * minute },
      making: { seed: `seed of ${id}`, purpose, madeSince: now - 5 * minute, maxTries: 2, tellSeed: () => {} },
    },
    limits: keys(limits).map((key, place) => ({ key, maxSends: 2 + place, windowMs: minute })),
    caps: keys(caps).map((key) => ({ key: `cap ${key}`, maxMessages: 2, maxCost: null, endsAt: now })),
  });
}
type Sent = {
  id: string;
  phone: string;
  now: number;
  flow?: string;
  network?: string;
  limits?: number;
  caps?: number;
  digest?: string;
  purpose?: string;
};

const checking = (store: Store, { id, phone, now, flow = 'f', digest = 'right' }: Omit<Sent, 'limits'>) =>
  checkCode(store, {
    ...{ id, flow, recipient: phone, counter: 'strangers', digest, maxTries: 3, now },
    endsLimits: [`0/${phone}`, `other/${phone}`],
  });

/** Everything that was written, but for how rows lie. */
async function everything({ db }: Store) {
  const tables = ['send_limits', 'spendings', 'verification_codes', 'verification_failures', 'messages'] as const;
  const rows = tables.map(async (table) => {
    const found = await db.selectFrom(table).selectAll().execute();
    return [table, found.map((row) => JSON.stringify(row, Object.keys(row).toSorted())).toSorted()];
  });
  return Object.fromEntries(await Promise.all(rows));
}

/** Without why something was refused: that is looked at afterwards, when others have gone on. */
const briefly = (answer: unknown) =>
  answer === 0 || /right|wrong/.test(JSON.stringify(answer) ?? '') ? answer : answer === undefined ? answer : 'refused';

/** The same numbers in every run. */
function dice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * sides);
  };
}

describe('what arrives together', () => {
  let together: Store;
  let alone: Store;
  beforeEach(async () => {
    [together, alone] = await Promise.all([newStore('PostgreSQL'), newStore('SQLite')]);
  });
  afterEach(() => Promise.all([together.close(), alone.close()]));

  test.each([1, 2, 3])('comes to the same as one after the other on SQLite (%i)', async (seed) => {
    const roll = dice(seed);
    const sent: [id: string, phone: string][] = [];
    for (let turn = 0; turn < 40; turn += 1) {
      const now = start + turn * 7_000;
      const work = Array.from({ length: 2 + roll(12) }, (_, index): ((store: Store) => Promise<unknown>) => {
        const [id, phone] = [`${turn}-${index}`, `+${odd[roll(odd.length)]}`];
        const flow = odd[roll(2)] as string;
        const [what, digest] = [roll(10), roll(3) === 0 ? 'wrong' : 'right'];
        if (what < 4) {
          const [limits, caps] = [roll(4), roll(3) === 0 ? 1 + roll(2) : 0];
          const [purpose, network] = [odd[roll(3)], odd[roll(odd.length)]] as [string, string];
          sent.push([id, phone]);
          return (store) => sending(store, { id, phone, now, flow, network, limits, caps, purpose });
        }
        const [settled, to] = sent[roll(sent.length)] ?? ['none', phone];
        const state = roll(4) === 0 ? 'failed' : 'accepted';
        const settlement = { state, providerMessageId: `"${id}\\`, handedAt: now } as const;
        if (what < 7) {
          return async (store) => {
            // With the writes of others.
            void settleMessage(store, { id: settled, recipient: to }, settlement, now);
          };
        }
        return (store) => checking(store, { id, phone, now, flow, digest });
      });
      // With what is left of the turn before, there might be more than a group takes.
      await together.flush();
      const expected = [];
      for (const one of work) expected.push(briefly(await one(alone)));
      expect((await Promise.all(work.map((one) => one(together)))).map(briefly)).toEqual(expected);
    }
    expect(await everything(together)).toEqual(await everything(alone));
  });
});

test('a group of sends has each statement run once', async () => {
  const store = await newStore('PostgreSQL');
  await Promise.all(
    Array.from({ length: 10 }, (_, index) => sending(store, { id: `m${index}`, phone: `+${index}`, now: start })),
  );
  // PostgreSQL numbers transactions, and the statements of each.
  const { rows } = await sql`select distinct xmin::text, cmin::text from messages`.execute(store.db);
  expect(rows).toHaveLength(1);
  await store.close();
});

test('sends and checks name everything that others may want', async () => {
  const store = await newStore('PostgreSQL');
  const named: (readonly string[])[] = [];
  const atomically: Store['atomically'] = (queries, locks = []) => {
    named.push(locks.toSorted());
    return store.atomically(queries, locks);
  };
  await sending({ ...store, atomically }, { id: 'm', phone: '+1', now: start, network: 'n', limits: 2, caps: 2 });
  await checking({ ...store, atomically }, { id: 'c', phone: '+1', now: start });
  // The limits that a right answer ends are of its number alone, whose name is enough.
  expect(named).toEqual([['+1', '0/+1', '1/n', 'cap 0/+1', 'cap 1/n'], ['+1']]);
  await store.close();
});

// PostgreSQL goes on by what it has planned for a prepared statement while there was little to look through.
describe.each(databases)('while there is nothing, on %s', (database) => {
  let store: Store;
  beforeAll(async () => {
    store = await newUnusedStore(database);
  });
  afterAll(() => store.close());

  test('every table is looked through by the keys of what is given', async () => {
    const asked: CompiledQuery[] = [];
    const atomically = async (queries: readonly CompiledQuery[]) => {
      asked.push(...queries);
      return queries.map(() => [{ seed: null }]);
    };
    const eventually = async (query: CompiledQuery) => void asked.push(query);
    const listening = { ...store, atomically, eventually } as unknown as Store;
    for (const [limits, caps] of [
      [1, 0],
      [3, 0],
      [2, 2],
      [0, 1],
    ]) {
      await sending(listening, { id: 'm', phone: '+1', now: start, limits, caps } as Sent);
    }
    await checking(listening, { id: 'c', phone: '+1', now: start });
    await settleMessage(listening, { id: 'm', recipient: '+1' }, { state: 'accepted' }, start);
    expect(asked).toHaveLength(3 + 3 + 4 + 3 + 5 + 1);
    for (const query of asked) {
      const plan = await planOf(store, query);
      const isWalk = /Seq Scan|Hash|Merge|SCAN (?:messages|send_limits|spendings|verification_)/.test(plan);
      const [scans, byKeys] = [/Index (?:Only )?Scan/g, /Index Cond/g].map((found) => plan.match(found)?.length);
      expect({ sql: query.sql, plan, isWalk, scans }).toMatchObject({ isWalk: false, scans: byKeys });
    }
  });
});
