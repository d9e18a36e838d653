import { createHash } from 'node:crypto';
import type { CompiledQuery, Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Stands in a statement for the value that `find` takes out of what a run is given. */
export type Slot<Given> = <Value>(find: (given: Given) => Value) => Value;

/**
 * A statement that is compiled once, and then filled in with what each run is given. What it gives has a `name` beside
 * its text, under which each session of PostgreSQL prepares it once.
 */
export type Statement<Given, Row> = (store: { db: Kysely<Schema> }, given: Given) => CompiledQuery<Row>;

type Compilable<Row> = { compile: (db: Kysely<Schema>) => CompiledQuery<Row> };

/**
 * Makes a statement that runs for many requests. `build` is called once for each database: whatever differs from run to
 * run goes through `slot`, and the text may not depend on it.
 */
export function statement<Given, Row = unknown>(
  build: (slot: Slot<Given>, db: Kysely<Schema>) => Compilable<Row>,
): Statement<Given, Row> {
  const known = new WeakMap<Kysely<Schema>, (given: Given) => CompiledQuery<Row>>();
  return ({ db }, given) => {
    const fill = known.get(db) ?? compile(build, db);
    known.set(db, fill);
    return fill(given);
  };
}

/** As `statement`, with a text for each number of values that a list may have. */
export function statementByCount<Given, Row = unknown>(
  countOf: (given: Given) => number,
  build: (count: number, slot: Slot<Given>, db: Kysely<Schema>) => Compilable<Row>,
): Statement<Given, Row> {
  const known = new Map<number, Statement<Given, Row>>();
  return (store, given) => {
    const count = countOf(given);
    const ofCount = known.get(count) ?? statement<Given, Row>((slot, db) => build(count, slot, db));
    known.set(count, ofCount);
    return ofCount(store, given);
  };
}

class Placeholder {
  readonly find: (given: never) => unknown;

  constructor(find: (given: never) => unknown) {
    this.find = find;
  }
}

function compile<Given, Row>(
  build: (slot: Slot<Given>, db: Kysely<Schema>) => Compilable<Row>,
  db: Kysely<Schema>,
): (given: Given) => CompiledQuery<Row> {
  const slot: Slot<Given> = (find) => new Placeholder(find) as never;
  const { sql, query, queryId, parameters } = build(slot, db).compile(db);
  const name = `sesame_${createHash('sha256').update(sql).digest('base64url').slice(0, 22)}`;
  const finders = parameters.map((parameter) =>
    parameter instanceof Placeholder ? (parameter.find as (given: Given) => unknown) : () => parameter,
  );
  const named = { sql, query, queryId, name };
  return (given) => ({ ...named, parameters: finders.map((find) => find(given)) });
}
