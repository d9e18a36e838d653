import type { QueryResult } from 'kysely';
import type { Query } from './batch.ts';

type Results = QueryResult<unknown>[];
/** What is done whole, and the names of everything that others may want as well. */
export type Unit = { queries: readonly Query[]; locks: readonly string[] };

/** The queries of several units, and who gets which of what they give. */
export type Joined<U extends Unit> = { queries: Query[]; share: (results: Results) => [U, Results][] };

/**
 * Puts units together. Those that name nothing that another names as well may run in any order, so where they consist of
 * the same joint statements, each statement runs once for all of them. The others keep their order.
 */
export function join<U extends Unit>(units: readonly U[]): Joined<U> {
  const kinds = [...Map.groupBy(units, kindsAmong(units)).values()];
  const queries = kinds.flatMap(([first, ...others]) =>
    (first as U).queries.map((query, place) =>
      others.length === 0
        ? query
        : joined(
            query,
            [first as U, ...others].map((unit) => unit.queries[place] as Query),
          ),
    ),
  );
  function share(results: Results): [U, Results][] {
    let at = 0;
    return kinds.flatMap((alike) => {
      const [{ queries }] = alike as [U];
      const given = results.slice(at, at + queries.length);
      at += queries.length;
      if (alike.length === 1) return [[alike[0] as U, given]];
      const byUnit = given.map(({ rows }) => Map.groupBy(rows as { unit: string }[], ({ unit }) => unit));
      return alike.map((unit): [U, Results] => [
        unit,
        unit.queries.map((query, place) => ({ rows: byUnit[place]?.get(idOf(query)) ?? [] })),
      ]);
    });
  }
  return { queries, share };
}

/** Units of one kind can be joined; each of the others is a kind of its own. */
function kindsAmong(units: readonly Unit[]): (unit: Unit) => unknown {
  const wanted = new Map<string, number>();
  for (const { locks } of units) for (const name of new Set(locks)) wanted.set(name, (wanted.get(name) ?? 0) + 1);
  return (unit) => {
    const isFree = unit.locks.every((name) => wanted.get(name) === 1);
    return isFree && unit.queries.every(({ isJoint }) => isJoint) ? unit.queries.map(({ name }) => name).join() : unit;
  };
}

const joined = (query: Query, queries: readonly Query[]): Query => ({
  ...query,
  parameters: query.parameters.map((parameter, place) =>
    Array.isArray(parameter) ? queries.flatMap(({ parameters }) => parameters[place]) : parameter,
  ),
});

/** The first of what is given, as `joint` has it. */
const idOf = ({ parameters }: Query) => (parameters[0] as [string])[0];
