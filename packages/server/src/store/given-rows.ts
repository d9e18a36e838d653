import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import { type Slot, statement } from './statement.ts';
import type { Store } from './store.ts';

/** Columns of rows that a statement brings along, and what they hold. */
export type GivenColumns = Readonly<Record<string, 'text' | 'bigint'>>;

/**
 * A statement for rows that are given, which stand in it as the table `given`. PostgreSQL takes all of them with one, as
 * each costs it a message; on SQLite each row has a statement of its own, which costs less than to read JSON. A text must
 * hold neither U+0000 nor half a surrogate pair, which PostgreSQL takes in no JSON.
 * @param columns what each row has
 * @returns the statements for some rows
 */
export function forRows<Row extends object, Returned = unknown>(
  columns: GivenColumns,
  build: (given: RawBuilder<unknown>) => RawBuilder<Returned>,
): (store: Pick<Store, 'db' | 'kind'>, rows: readonly Row[]) => CompiledQuery<Returned>[] {
  const names = Object.entries(columns);
  const types = sql.join(names.map(([name, type]) => sql`${sql.ref(name)} ${sql.raw(type)}`));
  const ofAll = statement<readonly Row[], Returned>((slot) => {
    const json = slot((rows) => JSON.stringify(rows));
    return build(sql`json_to_recordset(cast(${json} as json)) as given (${types})`);
  });
  const cellsOf = (slot: Slot<Row>) =>
    names.map(([name, type]) => {
      const cell = slot((row) => row[name as keyof Row] as string | number | null);
      return sql`cast(${cell} as ${sql.raw(type)}) as ${sql.ref(name)}`;
    });
  const ofOne = statement<Row, Returned>((slot) => build(sql`(select ${sql.join(cellsOf(slot))}) as given`));
  return (store, rows) => {
    if (rows.length === 0) return [];
    return store.kind === 'SQLite' ? rows.map((row) => ofOne(store, row)) : [ofAll(store, rows)];
  };
}
