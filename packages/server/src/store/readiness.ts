import type { Platform } from '../platform.ts';
import type { Store } from './store.ts';

/** How long it counts that the database has taken a write, or has not, in milliseconds. */
const maxAgeMs = { written: 5_000, refused: 500 };
/** More than SQLite puts into a row's own page: a new page is what a full disk has no room for. */
const probeBytes = 16 * 1024;
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

/** Makes room for a row that it then takes back, which leaves nothing, and writes a small one for good. */
async function tryToWrite({ db }: Store, now: number): Promise<void> {
  const value = 'x'.repeat(probeBytes);
  await db
    .transaction()
    .execute(async (transaction) => {
      await transaction
        .insertInto('settings')
        .values({ name: `${name}-room`, value, updated_at: now })
        .execute();
      throw new TakenBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error;
    });
  await db
    .insertInto('settings')
    .values({ name, value: '{}', updated_at: now })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ updated_at: now }))
    .execute();
}

class TakenBack extends Error {
  override readonly name = 'TakenBack';
}
