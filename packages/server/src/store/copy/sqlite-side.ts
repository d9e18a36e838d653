import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { Cell, Row } from './rows.ts';
import { maxRowsAtOnce, type Side } from './side.ts';
import type { Table } from './tables.ts';

/** Rows with much in them are read fewer at once. */
const maxLengthAtOnce = 2 ** 20;

/** A SQLite database as one side of a copy; what is inserted is in the transaction that the database is in. */
export function sqliteSide(database: DatabaseSync): Side {
  const statements = new Map<string, StatementSync>();

  function prepare(sql: string): StatementSync {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    statements.set(sql, statement);
    return statement;
  }
  const all = ({ name, columns }: Table) => `select ${columns.map(quoted).join()} from ${quoted(name)}`;

  return {
    async estimate({ name }) {
      const [count] = prepare(`select count(*) from ${quoted(name)}`).get() as unknown as [bigint];
      return Number(count);
    },

    async *read(table) {
      let rows: Row[] = [];
      let length = 0;
      for (const row of prepare(all(table)).iterate() as Iterable<unknown> as Iterable<Row>) {
        rows.push(row);
        length += row.reduce<number>((sum, cell) => sum + lengthOf(cell), 0);
        if (rows.length < maxRowsAtOnce && length < maxLengthAtOnce) continue;
        yield rows;
        [rows, length] = [[], 0];
        // So that an interruption is heard.
        await setImmediate();
      }
      if (rows.length > 0) yield rows;
    },

    kept: (row) => row,

    async insert({ name, columns }, rows) {
      const statement = prepare(
        `insert into ${quoted(name)} (${columns.map(quoted).join()}) values (${columns.map(() => '?').join()})`,
      );
      for (const row of rows) statement.run(...(row as readonly SQLInputValue[]));
      return rows.length;
    },

    async find(table, rows) {
      // A key may have nulls in SQLite, which nothing equals.
      const statement = prepare(
        `${all(table)} where ${table.key.map((column) => `${quoted(column)} is ?`).join(' and ')}`,
      );
      const places = table.key.map((column) => table.columns.indexOf(column));
      return rows.flatMap((row) => {
        const key = places.map((place) => row[place] as SQLInputValue);
        return statement.all(...key) as unknown as Row[];
      });
    },
  };
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const lengthOf = (cell: Cell) => (typeof cell === 'string' || cell instanceof Uint8Array ? cell.length : 8);
