import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openStore, type Store } from '../../packages/server/src/store/store.ts';
import { isUnavailable } from '../../packages/server/src/store/unavailable.ts';
import { startPgbouncer } from '../setup/pgbouncer.ts';
import { newPhone } from '../setup/phones.ts';
import { startTestServer, type TestServer } from '../setup/server.ts';
import { newMigratedLocation } from '../setup/stores.ts';

/** The last one is told wrongly that statements stay prepared. */
const poolers = [
  { poolMode: 'session', parameters: '' },
  { poolMode: 'session', parameters: '&prepared_statements=true' },
  { poolMode: 'transaction', parameters: '' },
  { poolMode: 'transaction', parameters: '&prepared_statements=true' },
] as const;

describe.each(poolers)('behind pgbouncer in $poolMode mode, with "$parameters"', ({ poolMode, parameters }) => {
  let pgbouncer: Awaited<ReturnType<typeof startPgbouncer>>;
  let removeDatabase: () => Promise<void>;
  let url: string;
  let server: TestServer;
  let store: Store;
  beforeAll(async () => {
    pgbouncer = await startPgbouncer(inject('postgresUrl'), poolMode);
    const { location, remove } = await newMigratedLocation('PostgreSQL');
    removeDatabase = remove;
    const name = new URL('databaseUrl' in location ? location.databaseUrl : '').pathname;
    // A machine that is slow is no failure.
    url = `${pgbouncer.url}${name}?connect_timeout=110`;
    server = await startTestServer({ databaseUrl: `${url}&application_name=server${parameters}` });
    // Of the same user and database, so that both share the connections of pgbouncer. It makes its tables through it.
    store = await openStore({ databaseUrl: `${url}&schema=Other&options=-c%20statement_timeout=3s${parameters}` });
  });
  afterAll(async () => {
    await server.close();
    await pgbouncer.close();
    await removeDatabase();
  });

  test('a server starts, sends and checks codes, many at once', async () => {
    const phones = Array.from({ length: 30 }, newPhone);
    const sends = await Promise.all(phones.map((phone) => server.management.post('/verification-codes', { phone })));
    expect(sends.map(({ status }) => status)).toEqual(phones.map(() => 204));
    const [phone = ''] = phones;
    const [message] = server.services.inbox.messages(phone);
    const body = { phone, verificationCode: message?.code };
    const verify = () => server.management.post('/verification-codes/verify', body);
    const checks = await Promise.all(Array.from({ length: 20 }, verify));
    expect(checks.filter(({ status }) => status === 204)).toHaveLength(1);
  });

  test('a statement ends after its time, alone and in a transaction', async () => {
    const sleep = sql`select pg_sleep(20)`;
    const timedOut = expect.objectContaining({ code: '57014' });
    const outcomes = await Promise.allSettled([
      sleep.execute(store.db),
      store.atomically([sleep.compile(store.db)]),
      store.db.transaction().execute((transaction) => sleep.execute(transaction)),
    ]);
    expect(outcomes).toEqual(outcomes.map(() => ({ status: 'rejected', reason: timedOut })));
    await store.ping();
  });

  test('the tables are in the schema of the URL, and statements reach them wherever they run', async () => {
    const row = { name: 'where', value: '"other"', updated_at: 1 };
    await store.db.insertInto('settings').values(row).execute();
    const count = store.db.selectFrom('settings').where('name', '=', 'where').selectAll();
    const found = await Promise.all(Array.from({ length: 40 }, () => count.execute()));
    expect(found.every(([one]) => one?.value === '"other"')).toBe(true);
    expect(await store.atomically([count.compile()])).toEqual([[row]]);
    await store.db.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('settings').where('name', '=', 'where').execute();
    });
    const ofServer = server.services.store.db.selectFrom('settings').where('name', '=', 'where').selectAll();
    expect(await ofServer.execute()).toEqual([]);
  });

  test('a statement that fails leaves the connection usable', async () => {
    await expect(sql`select no_such_column from settings`.execute(store.db)).rejects.toThrow('no_such_column');
    await store.ping();
  });

  test('nothing of it shows to others on the same connections', async () => {
    await Promise.all(Array.from({ length: 20 }, () => store.ping()));
    // Sessions become those of others when they end.
    await store.close();
    const clients = Array.from({ length: 20 }, () => new Client({ connectionString: url }));
    await Promise.all(clients.map((client) => client.connect()));
    const settings = "select current_setting('search_path') as path, current_setting('statement_timeout') as timeout";
    const seen = await Promise.all(clients.map(async (client) => (await client.query(settings)).rows[0]));
    await Promise.all(clients.map((client) => client.end()));
    expect(new Set(seen.map((row) => JSON.stringify(row)))).toEqual(
      new Set(['{"path":"\\"$user\\", public","timeout":"0"}']),
    );
  });
});

test('a pooler without a session for a connection is told of as such, and in as long as a connection may take', async () => {
  const pgbouncer = await startPgbouncer(inject('postgresUrl'), 'session', 1);
  const { location, remove } = await newMigratedLocation('PostgreSQL');
  const name = new URL((location as { databaseUrl: string }).databaseUrl).pathname;
  const store = await openStore({ databaseUrl: `${pgbouncer.url}${name}?connect_timeout=1` });
  await store.db.connection().execute(async (taken) => {
    await sql`select 1`.execute(taken);
    const error = await store.ping().catch((reason: unknown) => reason);
    expect([isUnavailable(error), String(error)]).toEqual([true, expect.stringContaining('12 of a pooler in session')]);
  });
  await store.ping();
  await store.close();
  await pgbouncer.close();
  await remove();
});
