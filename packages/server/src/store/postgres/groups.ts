import type { QueryResult } from 'kysely';
import { isUnavailable } from '../unavailable.ts';
import type { Query } from './batch.ts';
import { join, type Unit } from './joining.ts';
import { isReplayable } from './replay.ts';

type Results = QueryResult<unknown>[];

type Waiting = Unit & { resolve: (results: Results) => void; reject: (error: unknown) => void };

/**
 * Of each process. More would make the groups smaller, and they wait for each other anyway. The second begins with no
 * fewer units than the first: what comes a moment later than the others waits for them, and goes with the next.
 */
const maxGroups = 2;
/** As on SQLite. */
const maxUnits = 64;
/** Each name takes a lock of the server, which has room for some thousands. */
const maxNames = 128;

type Deps = {
  /** Runs the queries in one transaction. */
  together: (queries: readonly Query[]) => Promise<Results>;
  /** As `together`, and again where that is of no fault of its own. */
  alone: (queries: readonly Query[]) => Promise<Results>;
  /** After which errors units run again, each alone; by default those of a transaction that was certainly undone. */
  mayRepeat?: (error: unknown) => boolean;
};

/**
 * Runs units of the same turn of the event loop, and those that came while others were under way, in one transaction:
 * one commit for all of them. A group first takes the locks of all its units in one order, so that no two wait for each
 * other, and joins what is alike. When a unit fails the group is undone, and its units run one after the other, each alone.
 */
export function createGroups({ together, alone, mayRepeat = isReplayable }: Deps): (unit: Unit) => Promise<Results> {
  const waiting: Waiting[] = [];
  /** How many units each group has that is under way. */
  const underWay: number[] = [];
  let isScheduled = false;

  const mayBegin = () => underWay.length < maxGroups && waiting.length > 0 && waiting.length >= (underWay[0] ?? 0);

  function schedule(): void {
    if (isScheduled || !mayBegin()) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      const units = waiting.splice(0, sizeOfGroup(waiting));
      underWay.push(units.length);
      void runGroup(units).finally(() => {
        underWay.splice(underWay.indexOf(units.length), 1);
        schedule();
      });
      schedule();
    });
  }

  async function runGroup(units: readonly Waiting[]): Promise<void> {
    try {
      const { queries, share } = join(units);
      const results = await locked(units, queries, together);
      for (const [{ resolve }, own] of share(results)) resolve(own);
    } catch (error) {
      // Where the connection broke, nobody knows what became of the transaction.
      if (isUnavailable(error) && !mayRepeat(error)) for (const { reject } of units) reject(error);
      else for (const unit of units) await runAlone(unit);
    }
  }

  async function runAlone(unit: Waiting): Promise<void> {
    await locked([unit], unit.queries, alone).then(unit.resolve, unit.reject);
  }

  return (unit) =>
    new Promise((resolve, reject) => {
      waiting.push({ ...unit, resolve, reject });
      schedule();
    });
}

/** How many of these go into a group: one at least. */
function sizeOfGroup(units: readonly Unit[]): number {
  let names = 0;
  const fits = ({ locks }: Unit, index: number) => {
    names += locks.length;
    return index === 0 || (index < maxUnits && names <= maxNames);
  };
  const end = units.findIndex((unit, index) => !fits(unit, index));
  return end === -1 ? units.length : end;
}

/** Runs the queries once everything that their units name is theirs. */
async function locked(units: readonly Unit[], queries: readonly Query[], run: Deps['together']): Promise<Results> {
  const names = units.flatMap(({ locks }) => locks);
  if (names.length === 0) return run(queries);
  const [, ...results] = await run([lockOf(names), ...queries]);
  return results;
}

/** Takes the locks of these names, in one order for everybody. */
export const lockOf = (names: readonly string[]): Query => ({
  name: 'sesame_lock',
  sql: lockInOrder,
  parameters: [[...new Set(names)]],
});

const lockInOrder = `select pg_advisory_xact_lock(key) from (
  select distinct hashtextextended(name, 0) as key from unnest($1::text[]) as name order by key
) as keys`;
