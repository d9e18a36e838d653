import { type RawBuilder, sql } from 'kysely';

/** Clocks of several processes may differ by as much, and what began later may be written first. */
export const clockToleranceMs = 60_000;

/**
 * Whether the window of a limit that is counted in `table` is over, on a conflict of an insert. A window opens with what
 * is counted first; one that lies in the future belongs to a clock that was set back.
 */
export const windowIsOver = (table: string, now: RawBuilder<number>, windowMs: RawBuilder<number>) => {
  const startedAt = sql.ref(`${table}.window_started_at`);
  return sql<boolean>`(${startedAt} <= ${now} - ${windowMs} or ${startedAt} > ${now} + ${sql.lit(clockToleranceMs)})`;
};
