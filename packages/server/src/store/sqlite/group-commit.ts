import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { CompiledQuery, QueryResult } from 'kysely';
import type { Optional } from '../statement.ts';
import { isUnavailable } from '../unavailable.ts';

type Rows = QueryResult<unknown>;
const nothing: Rows = { rows: [] };
/** A prepared statement, and whether it gives rows; asking SQLite each time would cost more than many statements do. */
type Prepared = { statement: StatementSync; givesRows: boolean };
type Waiting = {
  queries: readonly CompiledQuery[];
  /** Whether somebody waits for it. */
  isAwaited: boolean;
  /** Makes the queries when their group begins. */
  make?: () => readonly CompiledQuery[];
  resolve: (results: Rows[]) => void;
  reject: (error: unknown) => void;
};

const maxPreparedStatements = 500;
/** A group that is as large begins at once. */
const fullGroup = 64;
/** For so many turns of the event loop a group waits for more that is on its way. */
const mostTurns = 4;
/** No timer waits for less. */
const shortestRestMs = 1;
/** On a disk that is slower than this, people would wait for others too long. */
const longestRestMs = 25;

/** The time by which a group waits for more, in milliseconds since whenever. */
export type Pace = { now: () => number; after: (milliseconds: number, begin: () => void) => void };
const pace: Pace = {
  now: () => performance.now(),
  after: (milliseconds, begin) => void setTimeout(begin, milliseconds),
};

/**
 * Runs writes on one SQLite connection. Those of one turn of the event loop, and of the next ones while more come,
 * share a transaction and an fsync; each is answered after the commit, and one that fails is rolled back alone. While
 * several are at it, commits rest as long as they took: docs/decisions/0047-time-between-commits.md.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, Prepared>();
  #waiting: Waiting[] = [];
  #scheduled = false;
  /** A group that could have more begins no sooner. */
  #restsUntil = Number.NEGATIVE_INFINITY;
  /** Ends the rest that a group is in; once. */
  #endRest: (() => void) | undefined;
  readonly #pace: Pace;
  /** Settles when the explicit transaction that holds the connection ends. */
  #held: Promise<void> | undefined;
  readonly #check: () => void;

  /** @param check throws where nothing may be written; asked before each transaction */
  constructor(database: DatabaseSync, { now, after }: Pace = pace, check = () => {}) {
    this.#database = database;
    this.#pace = { now, after };
    this.#check = check;
  }

  /** Whether an explicit transaction holds the connection, which would see what is not committed. */
  get isHeld(): boolean {
    return this.#held !== undefined;
  }

  /** Runs the queries in order, all or none of them, and answers after the commit. */
  run(queries: readonly CompiledQuery[], isAwaited = true): Promise<Rows[]> {
    return new Promise((resolve, reject) => {
      this.#push({ queries, isAwaited, resolve, reject });
    });
  }

  /** As `run`, with what there is to write when the group begins; nobody waits for it. */
  runMade(make: () => readonly CompiledQuery[]): Promise<Rows[]> {
    return new Promise((resolve, reject) => {
      this.#push({ queries: [], isAwaited: false, make, resolve, reject });
    });
  }

  /** Runs one query at once: inside an explicit transaction, or for a read. */
  runNow(query: CompiledQuery): Rows {
    return this.#execute(query);
  }

  /** Begins a transaction that spans several turns; writes of others wait until `end` is called. */
  async hold(): Promise<(statement: 'COMMIT' | 'ROLLBACK') => void> {
    while (this.#held) await this.#held;
    let release = () => {};
    this.#held = new Promise((resolve) => {
      release = () => {
        this.#held = undefined;
        resolve();
        this.#schedule();
      };
    });
    try {
      this.#check();
      this.#database.exec('BEGIN IMMEDIATE');
    } catch (error) {
      release();
      throw error;
    }
    return (statement) => {
      try {
        if (this.#database.isTransaction) this.#database.exec(statement);
      } finally {
        this.#rollBack();
        release();
      }
    };
  }

  #push(unit: Waiting): void {
    this.#waiting.push(unit);
    // As ever, not before this turn is over.
    if (this.#endRest && this.#waiting.length === fullGroup) setImmediate(this.#endRest);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#held || this.#waiting.length === 0) return;
    this.#scheduled = true;
    this.#afterTurn(0, 1);
  }

  /** Begins the group when a turn has brought nothing more to it, and the rest after the one before is over. */
  #afterTurn(before: number, turns: number): void {
    setImmediate(() => {
      const { length } = this.#waiting;
      const mayGrow = length > before && length < fullGroup && turns < mostTurns;
      if (mayGrow && !this.#held) return this.#afterTurn(length, turns + 1);
      const restMs = length < fullGroup ? this.#restsUntil - this.#pace.now() : 0;
      if (restMs >= shortestRestMs) this.#rest(restMs);
      else this.#begin();
    });
  }

  #rest(milliseconds: number): void {
    const end = () => {
      // The group may have been full before, and the next one may be in a rest of its own.
      if (this.#endRest !== end) return;
      this.#endRest = undefined;
      this.#begin();
    };
    this.#endRest = end;
    this.#pace.after(milliseconds, end);
  }

  /** Who is alone waits for nobody: the rest is for those who come in groups. */
  #begin(): void {
    this.#scheduled = false;
    if (this.#held) return;
    const isShared = this.#waiting.filter(({ isAwaited }) => isAwaited).length > 1;
    const begunAt = this.#pace.now();
    this.#flush();
    const endedAt = this.#pace.now();
    this.#restsUntil = isShared ? endedAt + Math.min(endedAt - begunAt, longestRestMs) : endedAt;
  }

  /** Nearly every unit succeeds: only where one fails, the group is undone and each runs in a transaction of its own. */
  #flush(): void {
    const group = this.#waiting;
    this.#waiting = [];
    for (const unit of group) if (unit.make) unit.queries = unit.make();
    try {
      const results = this.#transaction(group);
      for (const [index, { resolve }] of group.entries()) resolve(results[index] ?? []);
    } catch (error) {
      // Where the database is locked or full, each would only wait as long again.
      if (group.length === 1 || isUnavailable(error)) for (const { reject } of group) reject(error);
      else for (const unit of group) this.#runAlone(unit);
    }
  }

  #runAlone(unit: Waiting): void {
    try {
      unit.resolve(this.#transaction([unit])[0] ?? []);
    } catch (error) {
      unit.reject(error);
    }
  }

  /** @returns what each unit gives, after the commit */
  #transaction(group: readonly Waiting[]): Rows[][] {
    try {
      this.#check();
      this.#command('BEGIN IMMEDIATE');
      const results = group.map(({ queries }) => this.#executeAll(queries));
      this.#command('COMMIT');
      return results;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  #executeAll(queries: readonly CompiledQuery[]): Rows[] {
    const results: Rows[] = [];
    for (const query of queries as readonly Optional[]) {
      results.push(query.isIdle?.(results) ? nothing : this.#execute(query));
    }
    return results;
  }

  #rollBack(): void {
    try {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    } catch {
      // The next BEGIN fails for the same reason, and says it to whoever waits then.
    }
  }

  /** Prepared, as it comes with every group. */
  #command(sql: string): void {
    this.#prepare(sql).statement.run();
  }

  #execute({ sql, parameters }: CompiledQuery): Rows {
    const { statement, givesRows } = this.#prepare(sql);
    const values = parameters.map(toSqlite);
    if (givesRows) return { rows: statement.all(...values) };
    const { changes, lastInsertRowid } = statement.run(...values);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  #prepare(sql: string): Prepared {
    const known = this.#statements.get(sql);
    if (known) return known;
    if (this.#statements.size >= maxPreparedStatements) this.#statements.clear();
    const statement = this.#database.prepare(sql);
    const prepared = { statement, givesRows: statement.columns().length > 0 };
    this.#statements.set(sql, prepared);
    return prepared;
  }
}

function toSqlite(value: unknown): SQLInputValue {
  return typeof value === 'boolean' ? Number(value) : (value as SQLInputValue);
}
