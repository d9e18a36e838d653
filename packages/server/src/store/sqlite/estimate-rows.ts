import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';

/** Rows are numbered as they come, and most go in the same order: what was deleted in between is counted. */
export async function estimateRows(db: Kysely<Schema>, table: keyof Schema): Promise<number> {
  const end = (name: 'min' | 'max') => sql`(select ${sql.raw(name)}(rowid) from ${sql.table(table)})`;
  const { rows } = await sql<{
    estimate: number;
  }>`select coalesce(${end('max')} - ${end('min')} + 1, 0) as estimate`.execute(db);
  return rows[0]?.estimate ?? 0;
}
