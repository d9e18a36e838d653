import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import type { Store } from './store.ts';

/**
 * A statement that rolls its transaction back unless the condition holds, so that the others are in together or not at
 * all. It would write what the column does not take. `isUnmet` tells the error.
 */
export const requirement = ({ db }: Store, condition: RawBuilder<unknown>): CompiledQuery<unknown> =>
  requiring(condition).compile(db);

/** As `requirement`, for a statement that is compiled once. */
export const requiring = (condition: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`insert into settings (name, value, updated_at) select 'requirement', null, 0 where not (${condition})`;

const notNullViolation = '23502';

/** Whether this is how a transaction ended whose requirement did not hold. */
export function isUnmet(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, table } = error as { code?: unknown; table?: unknown };
  return (
    (code === notNullViolation && table === 'settings') ||
    error.message.includes('NOT NULL constraint failed: settings.value')
  );
}
