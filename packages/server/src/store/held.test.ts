import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, newMigratedLocation } from '../../../../test/setup/stores.ts';
import { createHeld, type Held, lookEveryMs } from './held.ts';
import { heldTables } from './held-tables.ts';
import { requirement } from './requirement.ts';
import { readSetting } from './settings.ts';
import { openStore, type Store } from './store.ts';

/** A row of each of the tables; what refers to another comes after it. */
const rows = {
  settings: `(name, value, updated_at) values ('row', '"inserted"', 1)`,
  connectors: `(id, type, factory_id, config, metadata, created_at, updated_at) values ('c', 'Sms', 'f', '', '{}', 1, 1)`,
  live_connectors: `(type, connector_id, since) values ('Sms', 'c', 1)`,
  applications: `(id, name, type, oidc_client_metadata, custom_data, created_at, updated_at)
    values ('a', 'A', 'SPA', '{}', '{}', 1, 1)`,
  resources: `(id, name, indicator, access_token_ttl, created_at) values ('r', 'R', 'https://r.example', 60, 1)`,
  resource_scopes: `(id, resource_id, name, machines_only, created_at) values ('s', 'r', 'read', 0, 1)`,
  default_resource: `(purpose, resource_id) values ('default', 'r')`,
  signing_keys: `(id, jwk, created_at) values ('k', '{}', 1)`,
  email_templates: `(id, language_tag, template_type, details, created_at) values ('e', 'en', 'SignIn', '{}', 1)`,
  test_numbers: `(recipient, code, note, created_at, updated_at) values ('+8613800138000', 'x', '', 1, 1)`,
  hooks: `(id, name, events, config, signing_key, enabled, created_at) values ('h', 'H', '[]', '', '', 1, 1)`,
} satisfies Record<(typeof heldTables)[number], string>;

/** A change of each row. */
const changed = {
  settings: `value = '"changed"'`,
  connectors: `config = 'changed'`,
  live_connectors: 'since = 2',
  applications: 'is_admin = 1',
  resources: 'access_token_ttl = 61',
  resource_scopes: 'machines_only = 1',
  default_resource: `purpose = 'other'`,
  signing_keys: 'retired_at = 2',
  email_templates: `details = '{"content":"x"}'`,
  test_numbers: 'expires_at = 2',
  hooks: 'enabled = 0',
} satisfies typeof rows;

describe.each(databases)('what is held of %s', (database) => {
  let store: Store;
  /** The same database, as another process has it open. */
  let elsewhere: Store;
  let remove: () => Promise<void>;
  let now: number;
  let held: Held;
  beforeEach(async () => {
    const place = await newMigratedLocation(database);
    remove = place.remove;
    store = await openStore(place.location);
    elsewhere = await openStore(place.location);
    now = 1_800_000_000_000;
    held = createHeld({ store, platform: { now: () => now } });
    reads = 0;
  });
  afterEach(async () => {
    await Promise.all([store.close(), elsewhere.close()]);
    await remove();
  });

  let reads: number;
  const run = (statement: string, by = store) => sql.raw(statement).execute(by.db);
  const write = (value: string, by = store) =>
    by.db
      .insertInto('settings')
      .values({ name: 'document', value: JSON.stringify(value), updated_at: now })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: JSON.stringify(value) }));
  const document = (from = store) => {
    reads += 1;
    return readSetting(from, 'document');
  };

  test('many who ask at once share one read, and whoever comes later the same value', async () => {
    await write('first').execute();
    const read = held.value(() => document());
    expect(new Set(await Promise.all(Array.from({ length: 50 }, read)))).toEqual(new Set(['first']));
    now += 10 * lookEveryMs;
    expect(await read()).toBe('first');
    expect(reads).toBe(1);
  });

  test.each(['alone', 'in a transaction'])('a change of this process, %s, is seen by the next read', async (how) => {
    const read = held.value(() => document());
    for (let times = 0; times < 20; times += 1) {
      const value = `value ${times}`;
      const readers = Array.from({ length: 5 }, read);
      await (how === 'alone' ? write(value).execute() : store.atomically([write(value).compile()]));
      expect(await Promise.all(Array.from({ length: 5 }, read))).toEqual(Array(5).fill(value));
      await Promise.all(readers);
      expect(await read()).toBe(value);
    }
  });

  test('a look that took long says nothing of now: another one is made', async () => {
    await write('old').execute();
    const answered = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    let looks = 0;
    const slowly: Store = {
      ...store,
      run: async (query) => {
        const found = await store.run(query);
        looks += 1;
        if (looks === 2) {
          asked.resolve();
          await answered.promise;
        }
        return found;
      },
    };
    held = createHeld({ store: slowly, platform: { now: () => now } });
    const read = held.value(() => document());
    expect(await read()).toBe('old');
    now += lookEveryMs;
    const slow = read();
    await asked.promise;
    await write('new', elsewhere).execute();
    now += lookEveryMs;
    answered.resolve();
    expect(await slow).toBe('new');
    expect(looks).toBe(3);
  });

  test('a database that has gone silent gets a few looks, and whoever waits for them goes on with it', async () => {
    await write('old').execute();
    const silence = Promise.withResolvers<void>();
    let looks = 0;
    const silent: Store = {
      ...store,
      run: async (query) => {
        looks += 1;
        await silence.promise;
        return store.run(query);
      },
    };
    held = createHeld({ store: silent, platform: { now: () => now } });
    const read = held.value(() => document());
    const readers = Array.from({ length: 50 }, () => {
      now += lookEveryMs;
      return read();
    });
    expect(looks).toBe(3);
    await write('new', elsewhere).execute();
    silence.resolve();
    expect(new Set(await Promise.all(readers))).toEqual(new Set(['new']));
  });

  test('a read that began before a change does not put back what was', async () => {
    await write('old').execute();
    const gates: (() => void)[] = [];
    const read = held.value(async () => {
      const value = await document();
      await new Promise<void>((resolve) => gates.push(resolve));
      return value;
    });
    const whenWaiting = async (count: number) => {
      while (gates.length < count) await new Promise((resolve) => setImmediate(resolve));
    };
    const slow = read();
    await whenWaiting(1);
    await write('new').execute();
    const next = read();
    await whenWaiting(2);
    gates[1]?.();
    expect(await next).toBe('new');
    gates[0]?.();
    expect(await slow).toBe('old');
    expect(await read()).toBe('new');
    expect(reads).toBe(2);
  });

  test('a change of another process counts from the next look on, however it was made', async () => {
    const read = held.value(() => document());
    expect(await read()).toBeUndefined();
    await write('theirs', elsewhere).execute();
    now += lookEveryMs - 1;
    expect(await read()).toBeUndefined();
    now += 1;
    expect(await read()).toBe('theirs');
    expect(reads).toBe(2);

    for (const table of heldTables) await countsOnce(`insert into ${table} ${rows[table]}`);
    for (const table of heldTables) await countsOnce(`update ${table} set ${changed[table]}`);
    for (const table of heldTables.toReversed()) await countsOnce(`delete from ${table}`);
    await countsOnce(`insert into resources ${rows.resources}`);
    await countsOnce(`insert into resource_scopes ${rows.resource_scopes}`);
    // Its scopes go with it.
    await countsOnce('delete from resources');

    async function countsOnce(statement: string): Promise<void> {
      await run(statement, elsewhere);
      const before = reads;
      now += lookEveryMs;
      await Promise.all([read(), read()]);
      await read();
      expect({ statement, reads }).toEqual({ statement, reads: before + 1 });
    }
  });

  const ownSql = {
    SQLite: [
      `insert or replace into settings (name, value, updated_at) values ('document', '"replaced"', 1)`,
      `insert or ignore into settings (name, value, updated_at) values ('another', '""', 1)`,
      `update or ignore settings set value = '"ignored"'`,
    ],
    PostgreSQL: [
      'truncate settings',
      `do $$ begin perform set_config('search_path', 'pg_catalog', true); delete from public.settings; end $$`,
    ],
  };
  test.each(ownSql[database])('so does SQL of an operator: %s', async (statement) => {
    await write('before').execute();
    const read = held.value(() => document());
    await read();
    await run(statement, elsewhere);
    now += lookEveryMs;
    await read();
    expect(reads).toBe(2);
  });

  test('every statement of this process on these tables has it look; others do not, nor what changes nothing', async () => {
    const looks = async (statement: string) => {
      const before = store.changes();
      await store.atomically([sql.raw(statement).compile(store.db)]);
      await run(statement.replace(/^insert.*/s, 'select 1'));
      return store.changes() - before;
    };
    for (const table of heldTables) expect(await looks(`insert into ${table} ${rows[table]}`)).toBe(1);
    for (const table of heldTables) expect(await looks(`update ${table} set ${changed[table]}`)).toBe(2);
    for (const table of heldTables.toReversed()) expect(await looks(`delete from ${table}`)).toBe(2);
    expect(await looks('select * from settings')).toBe(0);
    expect(await looks('update send_limits set sends = 1')).toBe(0);
    const before = store.changes();
    await store.atomically([requirement(store, sql`1 = 1`)]);
    expect(store.changes()).toBe(before);
  });

  test('a transaction that fails drops nothing', async () => {
    await write('kept').execute();
    const read = held.value(() => document());
    await read();
    const failing = () => store.atomically([write('lost').compile(), requirement(store, sql`1 = 0`)]);
    await expect(failing()).rejects.toThrow();
    expect(await read()).toBe('kept');
    expect(reads).toBe(1);
  });

  test('while the database cannot be asked nothing is served beyond the last look; afterwards all is well', async () => {
    let isAway = false;
    const away: Store = {
      ...store,
      run: async (query) => {
        if (isAway) throw new Error('away');
        return store.run(query);
      },
      db: store.db.withPlugin({
        transformQuery: ({ node }) => {
          if (isAway) throw new Error('away');
          return node;
        },
        transformResult: async ({ result }) => result,
      }),
    };
    const fromAway = createHeld({ store: away, platform: { now: () => now } });
    const read = fromAway.value(() => document(away));
    const readKey = fromAway.values(10, () => document(away));
    await write('before').execute();
    expect([await read(), await readKey('key')]).toEqual(['before', 'before']);
    isAway = true;
    now += lookEveryMs - 1;
    expect([await read(), await readKey('key')]).toEqual(['before', 'before']);
    now += 1;
    await expect(read()).rejects.toThrow('away');
    await expect(readKey('key')).rejects.toThrow('away');
    isAway = false;
    await write('after').execute();
    expect([await read(), await readKey('key')]).toEqual(['after', 'after']);
  });

  test('a read that fails is not held, and a clock that was put back is no reason to wait', async () => {
    let failures = 1;
    const read = held.value(async () => {
      if (failures-- > 0) throw new Error('once');
      return document();
    });
    await expect(read()).rejects.toThrow('once');
    expect(await read()).toBeUndefined();
    now -= 3_600_000;
    await write('theirs', elsewhere).execute();
    expect(await read()).toBe('theirs');
  });

  test('by keys: so many are held, and what is not there is looked for each time', async () => {
    const asked: string[] = [];
    const find = held.values(2, async (key) => {
      asked.push(key);
      return key === 'nothing' ? undefined : document();
    });
    await write('first').execute();
    for (const key of ['a', 'b', 'a', 'b', 'nothing', 'nothing', 'b']) await find(key);
    expect(asked.join(' ')).toBe('a b nothing nothing');
    // Those who were asked for least lately made room.
    for (const key of ['c', 'd', 'a']) await find(key);
    expect(asked.slice(4).join(' ')).toBe('c d a');
    await write('second').execute();
    expect(await Promise.all([find('a'), find('d'), find('a')])).toEqual(['second', 'second', 'second']);
    expect(asked.slice(7).join(' ')).toBe('a d');
  });

  test('whoever has met something new looks at once', async () => {
    const read = held.value(() => document());
    await read();
    await write('theirs', elsewhere).execute();
    held.lookAgain();
    expect(await read()).toBe('theirs');
  });
});
