import { sql } from 'kysely';
import type { Platform } from '../platform.ts';
import type { Store } from './store.ts';

/** How long it counts that the database has taken a write, or has not, in milliseconds. */
const maxAgeMs = { written: 5_000, refused: 500 };
/** More than SQLite puts into a row's own page: a new page is what a full disk has no room for. */
const probeBytes = 16 * 1024;
/** More than 64 kB of memory hold. */
const probedRows = 5_000;
/** The row that is written. */
const name = 'readiness';

/** Whether the database answers and takes writes. */
export type Readiness = {
  /** However many ask at once and however often, one write goes out in five seconds. @throws what the database said */
  check: () => Promise<void>;
};

/** Looks at the database on behalf of anybody who asks. */
export function createReadiness({ store, platform }: { store: Store; platform: Platform }): Readiness {
  let last: { at: number; outcome: Promise<void>; maxAgeMs: number } | undefined;

  function write(): Promise<void> {
    const now = platform.now();
    const age = last && now - last.at;
    if (last && age !== undefined && age >= 0 && age < last.maxAgeMs) return last.outcome;
    const attempt = { at: now, outcome: tryToWrite(store, now), maxAgeMs: Number.POSITIVE_INFINITY };
    last = attempt;
    const settled = (lifetimeMs: number) => () => Object.assign(attempt, { at: platform.now(), maxAgeMs: lifetimeMs });
    attempt.outcome.then(settled(maxAgeMs.written), settled(maxAgeMs.refused));
    return attempt.outcome;
  }

  return {
    async check() {
      await store.ping();
      await write();
    },
  };
}

/** Takes room on the disk and gives it back, and writes a small row for good. */
async function tryToWrite({ kind, db }: Store, now: number): Promise<void> {
  await (kind === 'SQLite' ? takeRoomInTable(db, now) : takeRoomBesideTables(db));
  await db
    .insertInto('settings')
    .values({ name, value: '{}', updated_at: now })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ updated_at: now }))
    .execute();
}

/** A row that is taken back leaves nothing. */
async function takeRoomInTable(db: Store['db'], now: number): Promise<void> {
  const row = { name: `${name}-room`, value: 'x'.repeat(probeBytes), updated_at: now };
  await db
    .transaction()
    .execute(async (transaction) => {
      await transaction.insertInto('settings').values(row).execute();
      throw new TakenBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error;
    });
}

/**
 * Tables of PostgreSQL have room that rows left behind, some more than others, so that a row says nothing of the disk.
 * What does not fit into `work_mem` is put into a file of its own, on the disk of the tables unless told otherwise.
 */
async function takeRoomBesideTables(db: Store['db']): Promise<void> {
  await db
    .transaction()
    .execute(async (transaction) => {
      await sql`set local work_mem = '64kB'`.execute(transaction);
      await sql`select count(*) from generate_series(1, ${probedRows})`.execute(transaction);
    })
    .catch((error: unknown) => {
      // There may be no such files at all (temp_file_limit).
      if ((error as { code?: unknown }).code !== '53400') throw error;
    });
}

class TakenBack extends Error {
  override readonly name = 'TakenBack';
}
