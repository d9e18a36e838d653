import { type Kysely, sql } from 'kysely';

/**
 * Numbers in a spelling that is no longer kept, as the connector kit had them when this was written: in Mexico with a 1,
 * in Argentina without a 9, in Brazil without the ninth digit, in Benin without 01.
 */
const spellings = [
  { pattern: '+521__________', kept: (column: string) => `'+52' || substr(${column}, 5)` },
  { pattern: '+541_________', kept: (column: string) => `'+549' || substr(${column}, 4)` },
  { pattern: '+542_________', kept: (column: string) => `'+549' || substr(${column}, 4)` },
  { pattern: '+543_________', kept: (column: string) => `'+549' || substr(${column}, 4)` },
  ...[6, 7, 8, 9].map((digit) => ({
    pattern: `+55__${digit}_______`,
    kept: (column: string) => `substr(${column}, 1, 5) || '9' || substr(${column}, 6)`,
  })),
  { pattern: '+229________', kept: (column: string) => `'+22901' || substr(${column}, 5)` },
];

/** Where two users have one number in both spellings, the one with the spelling that is kept has it alone by look-ups. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const { pattern, kept } of spellings) {
    await sql
      .raw(
        `update users set phone = ${kept('phone')} where phone like '${pattern}'
          and not exists (select 1 from users as other where other.phone = ${kept('users.phone')})`,
      )
      .execute(db);
    await sql.raw(`update messages set recipient = ${kept('recipient')} where recipient like '${pattern}'`).execute(db);
  }
}
