import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import { whole } from './parameters.ts';
import { statement } from './statement.ts';
import type { Store } from './store.ts';

/** What a joint statement is made of. */
export type Parts<Given> = {
  /** Tells the runs apart: each row that a run gives has it as `unit`. */
  unit: RawBuilder<string>;
  text: (find: (given: Given) => string | null | undefined) => RawBuilder<string>;
  whole: (find: (given: Given) => number | null | undefined) => RawBuilder<number>;
  /** These words on PostgreSQL, where what is given is a table of that name; nothing on SQLite. */
  given: (words: string) => RawBuilder<unknown>;
};

/** A statement of PostgreSQL of which several runs may be one: every parameter that is a list has a value for each. */
export type Joint = { readonly isJoint?: true };

/**
 * A statement that runs for many requests, as `statement`. On PostgreSQL it costs more to begin one than to write a row, so
 * runs of several units that contend for nothing become one (`postgres/joining.ts`), with a row for each in the table
 * `given`. On SQLite what is given stands in the places of its columns.
 * @param idOf what is never the same for two runs
 */
export function joint<Given, Row = unknown>(
  idOf: (given: Given) => string,
  build: (parts: Parts<Given>, example: Given) => RawBuilder<unknown>,
  shapeOf?: (given: Given) => string | number,
): (store: Pick<Store, 'db' | 'kind'>, given: Given) => CompiledQuery<Row> {
  const ofOne = statement<Given, Row>(
    (slot, _, example) =>
      build(
        {
          unit: sql`${slot(idOf)}`,
          text: (find) => sql`${slot((given) => find(given) ?? null)}`,
          whole: (find) => whole(slot((given) => find(given) ?? null)),
          given: () => sql``,
        },
        example,
      ),
    shapeOf,
  );
  const ofMany = statement<Given, Row>((slot, _, example) => {
    const names: RawBuilder<unknown>[] = [];
    const lists: RawBuilder<unknown>[] = [];
    const column = (type: string) => (find: (given: Given) => string | number | null | undefined) => {
      const name = names.length === 0 ? 'unit' : `c${names.length}`;
      names.push(sql.ref(name));
      lists.push(sql`cast(${slot((given) => [find(given) ?? null])} as ${sql.raw(type)}[])`);
      return sql.ref<never>(`given.${name}`);
    };
    const [text, number] = [column('text'), column('bigint')];
    const built = build({ unit: text(idOf), text, whole: number, given: sql.raw }, example);
    // PostgreSQL would plan it anew each time, if it knew by then how long the lists are.
    return sql`with given as (select rows.* from (select ${sql.join(lists)} offset 0) as lists (${sql.join(names)}),
      unnest(${sql.join(names)}) as rows (${sql.join(names)})) ${built}`;
  }, shapeOf);
  return (store, given) =>
    store.kind === 'SQLite' ? ofOne(store, given) : { ...ofMany(store, given), isJoint: true as const };
}
