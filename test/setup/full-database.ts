import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Client } from 'pg';

/** Texts that formats, encodings and quotes get wrong. */
const oddTexts = [
  '',
  '\\N',
  '\\.',
  '\\x00ff',
  'it\'s "quoted", with\ttabs,\r\nlines and a \\ at the end\\',
  '{"json":"\\u0000 and \\ud800","deep":[1,null]}',
  '阿里巴巴 🧿 \u202eright to left\u202c e\u0301 \ufeff',
  'half of a pair: \ud800.',
  '\ufffd\uffff\u{10ffff}',
  'null',
  `long ${'x'.repeat(2000)}`,
];
const oddIntegers = [0n, -1n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n), 1_764_000_000_000n];
const oddBytes = [new Uint8Array(0), Uint8Array.from({ length: 256 }, (_, byte) => byte), new Uint8Array([0, 92, 34])];

/** Names of all tables of Sesame in a SQLite database, without the stamps that each database writes of its own. */
export const tableNames = (database: DatabaseSync): string[] =>
  database
    .prepare(
      `select name from sqlite_schema where type = 'table' and name <> 'held_stamps'
       and name not glob 'sqlite_*' and name not glob 'kysely_*'`,
    )
    .all()
    .map(({ name }) => String(name));

/** Puts rows with a value in every column, and some with nulls, into every table, whatever tables there are. */
export function fillEveryTable(file: string, { rows = 12, nul = '' } = {}): void {
  const database = new DatabaseSync(file);
  database.exec('pragma foreign_keys = off; begin');
  for (const name of tableNames(database)) {
    const columns = database.prepare('select * from pragma_table_info(?)').all(name);
    const references = new Map(
      database
        .prepare('select * from pragma_foreign_key_list(?)')
        .all(name)
        .map((reference) => [String(reference.from), `${reference.table}.${reference.to}`]),
    );
    const insert = database.prepare(`insert into "${name}" values (${columns.map(() => '?').join()})`);
    for (let row = 0; row < rows; row += 1) {
      const values = columns.map(({ name: column, type, pk, notnull }, index): SQLInputValue => {
        const odd = row + index;
        if (String(type) === 'bigint') return oddIntegers[odd % oddIntegers.length] ?? 0n;
        if (row === rows - 1 && Number(notnull) === 0 && Number(pk) === 0) return null;
        if (String(type) === 'bytea') return oddBytes[odd % oddBytes.length] ?? null;
        const place = references.get(String(column)) ?? `${name}.${column}`;
        return `${place} ${row} ${nul}${Number(pk) > 0 || references.has(String(column)) ? 'ключ' : oddTexts[odd % oddTexts.length]}`;
      });
      insert.run(...values);
    }
  }
  const broken = database.prepare('pragma foreign_key_check').all();
  if (broken.length > 0) throw new Error(`The rows do not refer to each other: ${JSON.stringify(broken)}`);
  database.exec('commit');
  database.close();
}

/** Every row of every table, as sorted texts. */
export type Contents = Record<string, string[]>;

const textOf = (values: Record<string, unknown>) =>
  JSON.stringify(
    Object.entries(values)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, value]) => [name, value instanceof Uint8Array ? `0x${Buffer.from(value).toString('hex')}` : value]),
    (_, value) => (typeof value === 'bigint' ? String(value) : value),
  );

export function contentsOfSqlite(file: string): Contents {
  const database = new DatabaseSync(file, { readOnly: true });
  const read = (name: string) => {
    const statement = database.prepare(`select * from "${name}"`);
    statement.setReadBigInts(true);
    return statement.all().map(textOf).sort();
  };
  const contents = Object.fromEntries(tableNames(database).map((name) => [name, read(name)]));
  database.close();
  return contents;
}

export async function contentsOfPostgres(connectionString: string): Promise<Contents> {
  const client = new Client({ connectionString });
  await client.connect();
  const { rows: tables } = await client.query(
    `select table_name as name from information_schema.tables where table_schema = 'public'
     and table_name <> 'held_stamps' and table_name not like 'kysely%'`,
  );
  const contents: Contents = {};
  for (const { name } of tables) {
    // pg gives integers of 64 bits as texts.
    const { rows } = await client.query(`select * from "${name}"`);
    contents[name] = rows.map(textOf).sort();
  }
  await client.end();
  return contents;
}
