import { Client } from 'pg';
import type { Row, TableRows } from './fill.ts';

const rowsAtOnce = 5_000;
/** So many statements are on their way at once: rows are made while others are written. */
const atOnce = 3;

/** Fills the tables of a PostgreSQL database; indexes are made afterwards, which is faster. */
export async function fillPostgres(connectionString: string, tables: readonly TableRows[]): Promise<void> {
  const client = new Client({ connectionString, pipeline: true });
  await client.connect();
  await client.query(`set synchronous_commit = off; set maintenance_work_mem = '512MB'`);
  for (const { table, rows } of tables) {
    const { rows: indexes } = await client.query(
      `select indexname, indexdef from pg_indexes where tablename = $1 and schemaname = current_schema()
        and indexname not in (select conname from pg_constraint)`,
      [table],
    );
    for (const { indexname } of indexes) await client.query(`drop index ${indexname}`);
    await insertAll(client, table, rows);
    for (const { indexdef } of indexes) await client.query(indexdef);
  }
  // As autovacuum would have done long since.
  await client.query('vacuum analyze');
  await client.end();
}

/** Each slice is one JSON text, which PostgreSQL reads by the columns of the table. */
async function insertAll(client: Client, table: string, rows: Iterable<Row>): Promise<void> {
  const onTheWay: Promise<unknown>[] = [];
  for (const slice of slicesOf(rows)) {
    const columns = Object.keys(slice[0] ?? {}).join(', ');
    const text = `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1)`;
    onTheWay.push(client.query(text, [JSON.stringify(slice.map(toJson))]));
    if (onTheWay.length === atOnce) await onTheWay.shift();
  }
  await Promise.all(onTheWay);
}

function* slicesOf(rows: Iterable<Row>): Generator<Row[]> {
  let slice: Row[] = [];
  for (const row of rows) {
    slice.push(row);
    if (slice.length < rowsAtOnce) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}

/** Bytes in the form that PostgreSQL reads: https://www.postgresql.org/docs/current/datatype-binary.html */
const toJson = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value,
    ]),
  );
