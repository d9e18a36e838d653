import { type Kysely, sql } from 'kysely';
import { CopyError } from './copy-error.ts';
import type { Cell, Row } from './rows.ts';
import { maxRowsAtOnce, type Side } from './side.ts';
import type { Table } from './tables.ts';

type Values = Record<string, unknown>;
type Types = ReadonlyMap<string, string>;

const integers = new Set(['bigint', 'integer', 'smallint']);

/**
 * A transaction on PostgreSQL as one side of a copy. Rows go in as JSON, which PostgreSQL reads by the types of the
 * table. It keeps no NUL in a text: `kept` has U+FFFD in its place.
 */
export function postgresSide(db: Kysely<unknown>): Side {
  const known = new Map<string, Types>();

  async function typesOf(table: Table): Promise<Types> {
    const types = known.get(table.name) ?? (await readTypes(db, table));
    known.set(table.name, types);
    return types;
  }
  /** As text, since pg would round integers. */
  const selected = ({ columns }: Table, types: Types, from: string) =>
    sql.join(
      columns.map((column) =>
        integers.has(types.get(column) ?? '')
          ? sql`${sql.id(from, column)}::text as ${sql.id(column)}`
          : sql.id(from, column),
      ),
    );
  const given = (table: Table, rows: readonly Row[]) =>
    sql`json_populate_recordset(null::${sql.id(table.name)}, ${jsonOf(table.columns, rows)}::json)`;

  return {
    async estimate({ name }) {
      const { rows } = await sql<{ about: number }>`
        select reltuples as about from pg_class where oid = to_regclass(quote_ident(${name}))`.execute(db);
      return Math.max(0, rows[0]?.about ?? 0);
    },

    async *read(table) {
      const types = await typesOf(table);
      const select = sql`select ${selected(table, types, table.name)} from ${sql.id(table.name)}`;
      await sql`declare copied no scroll cursor for ${select}`.execute(db);
      for (;;) {
        const { rows } = await sql.raw<Values>(`fetch ${maxRowsAtOnce} from copied`).execute(db);
        if (rows.length === 0) break;
        yield rows.map((values) => rowOf(table, types, values));
      }
      await sql`close copied`.execute(db);
    },

    kept: (row) => row.map((cell) => (typeof cell === 'string' ? cell.replaceAll('\0', '\uFFFD') : cell)),

    async insert(table, rows) {
      await typesOf(table);
      const columns = sql.join(table.columns.map((column) => sql.id(column)));
      const { numAffectedRows } = await sql`
        insert into ${sql.id(table.name)} (${columns}) overriding system value
        select ${columns} from ${given(table, rows)}`
        .execute(db)
        .catch((error: unknown) => {
          throw refusalOf(table, error);
        });
      return Number(numAffectedRows);
    },

    async find(table, rows) {
      const types = await typesOf(table);
      const isSame = sql.join(
        table.key.map((column) => sql`${sql.id('kept', column)} = ${sql.id('wanted', column)}`),
        sql` and `,
      );
      const found = await sql<Values>`
        select ${selected(table, types, 'kept')} from ${given(table, rows)} as wanted
        join ${sql.id(table.name)} as kept on ${isSame}`.execute(db);
      return found.rows.map((values) => rowOf(table, types, values));
    },
  };
}

/** SQLSTATE classes of what is wrong with a row: its values, and what holds between rows. */
const classesOfRows = new Set(['22', '23']);

/** PostgreSQL's own words have the value in them. */
function refusalOf({ name }: Table, error: unknown): unknown {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (!classesOfRows.has(code?.slice(0, 2) ?? '')) return error;
  return new CopyError(
    `PostgreSQL does not take a row of ${name} (${[code, constraint].filter((part) => part !== undefined).join(', ')}).`,
  );
}

/** @throws CopyError when the table is not there, or has other columns */
async function readTypes(db: Kysely<unknown>, { name, columns }: Table): Promise<Types> {
  const { rows } = await sql<{ column: string; type: string }>`
    select attname as column, format_type(atttypid, null) as type from pg_attribute
    where attrelid = to_regclass(quote_ident(${name})) and attnum > 0 and not attisdropped and attgenerated = ''
  `.execute(db);
  const types = new Map(rows.map(({ column, type }) => [column, type]));
  const isSame = types.size === columns.length && columns.every((column) => types.has(column));
  if (!isSame) throw new CopyError(`The table ${name} does not have the same columns in both databases.`);
  return types;
}

const rowOf = ({ columns }: Table, types: Types, values: Values): Row =>
  columns.map((column) => {
    const value = values[column] as Cell;
    return integers.has(types.get(column) ?? '') && value !== null ? BigInt(value as string) : value;
  });

const jsonOf = (columns: readonly string[], rows: readonly Row[]) =>
  JSON.stringify(rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, jsonCell(row[index])]))));

function jsonCell(cell: Cell | undefined): string | number | null {
  if (cell instanceof Uint8Array) return `\\x${Buffer.from(cell).toString('hex')}`;
  return typeof cell === 'bigint' ? String(cell) : (cell ?? null);
}
