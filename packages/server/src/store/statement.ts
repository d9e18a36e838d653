import { createHash } from 'node:crypto';
import type { CompiledQuery, Kysely, QueryResult } from 'kysely';
import type { Schema } from './schema.ts';

/** Stands in a statement for the value that `find` takes out of what a run is given. */
export type Slot<Given> = <Value>(find: (given: Given) => Value) => Value;

/**
 * A statement that is compiled once, and then filled in with what each run is given. What it gives has a `name` beside
 * its text, under which each session of PostgreSQL prepares it once.
 */
export type Statement<Given, Row> = (store: { db: Kysely<Schema> }, given: Given) => CompiledQuery<Row>;

/**
 * A statement of which the results of those before it in its transaction can tell that it would change nothing. It is left
 * out then, unless all are sent before the first is answered.
 */
export type Optional<Row = unknown> = CompiledQuery<Row> & {
  isIdle?: (before: readonly QueryResult<unknown>[]) => boolean;
};

type Build<Given, Row> = (
  slot: Slot<Given>,
  db: Kysely<Schema>,
  example: Given,
) => { compile: (db: Kysely<Schema>) => CompiledQuery<Row> };

/**
 * Makes a statement that runs for many requests. `build` is called once for each database and each shape that `shapeOf`
 * tells, such as how many values a list has: what differs beyond that goes through `slot`, and of the example nothing but
 * the shape may get into the text.
 */
export function statement<Given, Row = unknown>(
  build: Build<Given, Row>,
  shapeOf: (given: Given) => string | number = () => '',
): Statement<Given, Row> {
  const ofDatabase = new WeakMap<Kysely<Schema>, Map<string | number, Fill<Given, Row>>>();
  return ({ db }, given) => {
    const known = ofDatabase.get(db) ?? new Map<string | number, Fill<Given, Row>>();
    ofDatabase.set(db, known);
    const shape = shapeOf(given);
    const fill = known.get(shape) ?? compile(build, db, given);
    known.set(shape, fill);
    return fill(given);
  };
}

/** Slots for the columns of a row that each run brings. */
export const slotsOf = <Given, Row extends object>(slot: Slot<Given>, row: Row, rowOf: (given: Given) => Row): Row =>
  Object.fromEntries(
    definedColumns(row).map((column) => [column, slot((given) => rowOf(given)[column as keyof Row])]),
  ) as Row;

/** The shape of a row that need not have every column. */
export const columnsOf = (row: object): string => definedColumns(row).join();

const definedColumns = (row: object) =>
  Object.keys(row).filter((column) => row[column as keyof typeof row] !== undefined);

type Fill<Given, Row> = (given: Given) => CompiledQuery<Row>;

class Placeholder {
  readonly find: (given: never) => unknown;

  constructor(find: (given: never) => unknown) {
    this.find = find;
  }
}

function compile<Given, Row>(build: Build<Given, Row>, db: Kysely<Schema>, example: Given): Fill<Given, Row> {
  const slot: Slot<Given> = (find) => new Placeholder(find) as never;
  const { sql, query, queryId, parameters } = build(slot, db, example).compile(db);
  const name = `sesame_${createHash('sha256').update(sql).digest('base64url').slice(0, 22)}`;
  const finders = parameters.map((parameter) =>
    parameter instanceof Placeholder ? (parameter.find as (given: Given) => unknown) : () => parameter,
  );
  const named = { sql, query, queryId, name };
  return (given) => ({ ...named, parameters: finders.map((find) => find(given)) });
}
