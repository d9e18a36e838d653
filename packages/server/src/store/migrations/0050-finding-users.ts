import { domainToUnicode } from 'node:url';
import { type Kysely, SqliteAdapter, sql } from 'kysely';

const callingCodesOfTwoDigits = [
  ...['20', '27', '30', '31', '32', '33', '34', '36', '39', '40', '41', '43', '44', '45', '46', '47', '48', '49', '51'],
  ...['52', '53', '54', '55', '56', '57', '58', '60', '61', '62', '63', '64', '65', '66', '81', '82', '84', '86', '90'],
  ...['91', '92', '93', '94', '95', '98'],
];

/**
 * A number (E.164 with its plus) without its calling code, as the index has it: +1 and +7 have one digit, those above
 * two, all others three.
 * @see https://www.itu.int/pub/T-SP-E.164D List of ITU-T Recommendation E.164 assigned country codes
 */
export const nationalNumber = `substr(phone, case when substr(phone, 2, 1) in ('1', '7') then 3
  when substr(phone, 2, 2) in (${callingCodesOfTwoDigits.map((code) => `'${code}'`).join(', ')}) then 4 else 5 end)`;

const rowsAtOnce = 1_000;

/** What numbers begin with at home, and what domains of addresses begin with as people read them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const domain = db.getExecutor().adapter instanceof SqliteAdapter ? domainOfSqlite : domainOfPostgres;
  for (const statement of [
    `create index users_by_national_number on users ((${nationalNumber})) where phone is not null`,
    'alter table users add column email_domain_key bytea',
    `update users set email_domain_key = ${domain} where email_key is not null`,
  ]) {
    await sql.raw(statement).execute(db);
  }
  await readUnicode(db);
  await sql
    .raw('create index users_by_email_domain on users (email_domain_key) where email_domain_key is not null')
    .execute(db);
}

const domainOfSqlite = `cast(substr(email_key, instr(email_key, '@') + 1, 64) as blob)`;
const domainOfPostgres = `convert_to(substr(email_key, strpos(email_key, '@') + 1, 64), 'UTF8')`;

/** Of addresses whose domain is kept in ASCII and is none, a few at a time. */
async function readUnicode(db: Kysely<unknown>): Promise<void> {
  for (let last = ''; ; ) {
    const { rows } = await sql<{ id: string; email_key: string }>`select id, email_key from users
      where email_key like '%xn--%' and id > ${last} order by id limit ${rowsAtOnce}`.execute(db);
    for (const { id, email_key } of rows) {
      const key = folded(domainToUnicode(email_key.slice(email_key.indexOf('@') + 1)));
      await sql`update users set email_domain_key = ${key} where id = ${id}`.execute(db);
    }
    const end = rows.at(-1);
    if (!end || rows.length < rowsAtOnce) return;
    last = end.id;
  }
}

/** As search keys were made when this was written: without accents, in lower case, cut off after 64 bytes. */
function folded(domain: string): Buffer {
  const text = domain.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  let key = '';
  for (const character of text) {
    if (Buffer.byteLength(key + character) > 64) break;
    key += character;
  }
  return Buffer.from(key);
}
