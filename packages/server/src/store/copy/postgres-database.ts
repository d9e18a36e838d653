import { Kysely, sql } from 'kysely';
import { openPostgres } from '../postgres/postgres.ts';
import type { Schema } from '../schema.ts';
import { CopyError } from './copy-error.ts';

/** Works on PostgreSQL as it is: brings no tables up to date. */
export async function onPostgres<T>(databaseUrl: string, work: (db: Kysely<unknown>) => Promise<T>): Promise<T> {
  const { dialect } = openPostgres(databaseUrl);
  const db = new Kysely<unknown>({ dialect });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

/** Shows the database as it is at this moment, whatever others write to it. */
export const inSnapshot = <T>(db: Kysely<unknown>, work: (snapshot: Kysely<unknown>) => Promise<T>): Promise<T> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (transaction) => {
      await takeYourTime(transaction);
      return await work(transaction);
    });

/** For a transaction that is as long as there are rows. */
export async function takeYourTime(transaction: Kysely<unknown>): Promise<void> {
  await sql`set local statement_timeout = 0`.execute(transaction);
  await sql`set local idle_in_transaction_session_timeout = 0`.execute(transaction);
}

/** The migrations that the database has been through; none where there are no tables of Sesame. */
export async function migrationsOfPostgres(db: Kysely<unknown>): Promise<string[]> {
  if (!(await exists(db, 'kysely_migration'))) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name collate "C"`.execute(db);
  return rows.map(({ name }) => name);
}

/** The first of the tables that is there and has rows. */
export async function filledTable(db: Kysely<unknown>, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    if (!(await exists(db, name))) continue;
    const { rows } = await sql`select from ${sql.id(name)} limit 1`.execute(db);
    if (rows.length > 0) return name;
  }
  return undefined;
}

async function exists(db: Kysely<unknown>, name: string): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass(quote_ident(${name})) is not null as there`.execute(
    db,
  );
  return rows[0]?.there ?? false;
}

/** How often, and how long after each other, in milliseconds: a session that has ended may still be shown. */
const looks = { times: 10, everyMs: 100 };

/**
 * A server asks its database for the time every five seconds, also through a pooler, whose own sessions may stay.
 * @throws CopyError when another session has worked on the database a moment ago
 */
export const refuseWorkingPostgres = (databaseUrl: string): Promise<void> =>
  onPostgres(databaseUrl, async (db) => {
    for (let look = 1; look <= looks.times; look += 1) {
      const { rows } = await sql<{ others: number }>`
        select cast(count(*) as int) as others from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
          and (state <> 'idle' or state_change > clock_timestamp() - interval '10 seconds')`.execute(db);
      if (rows[0]?.others === 0) return;
      await sql`select pg_sleep(${looks.everyMs / 1000})`.execute(db);
    }
    throw new CopyError(
      'The database is in use. Stop Sesame, all processes on this database, so that nothing is written meanwhile, and try again after ten seconds.',
    );
  });

/** Until the transaction ends, no server starts, and none writes settings. */
export async function keepServersOut(transaction: Kysely<Schema>): Promise<void> {
  await takeYourTime(transaction as never);
  await sql`lock table settings in access exclusive mode`.execute(transaction);
}
