import { type Kysely, sql } from 'kysely';
import type { Schema } from '../store/schema.ts';
import { purposes } from './purposes.ts';
import { fingerprintOf, secretKeyCheck } from './secret-key-check.ts';
import type { SecretKeys } from './secret-keys.ts';

/** A column with encrypted texts. */
type Place = {
  table: keyof Schema;
  id: string;
  column: string;
  /** The one row that counts. */
  only?: string;
  /** Where the encrypted text stands within JSON. */
  within?: string;
};

const places: Record<keyof typeof purposes, Place> = {
  connectorConfig: { table: 'connectors', id: 'id', column: 'config' },
  signingKey: { table: 'signing_keys', id: 'id', column: 'jwk' },
  captchaProvider: { table: 'settings', id: 'name', column: 'value', only: 'captcha-provider', within: 'secret' },
  testNumber: { table: 'test_numbers', id: 'recipient', column: 'code' },
  authenticator: { table: 'administrator_authenticators', id: 'administrator_id', column: 'secret' },
  userAuthenticator: { table: 'authenticators', id: 'user_id', column: 'secret' },
  newAuthenticator: { table: 'verifications', id: 'id', column: 'authenticator_secret' },
  hookConfig: { table: 'hooks', id: 'id', column: 'config' },
  hookSigningKey: { table: 'hooks', id: 'id', column: 'signing_key' },
};

type Kind = keyof typeof places;
/** A row: `text` as it is stored, `encrypted` what of it is. */
type Row = { id: string | number; text: string; encrypted: string | null };

/** What became of the data under another key. */
export type KeyChange = {
  /** How many texts were encrypted anew. */
  encrypted: Record<Kind, number>;
  /** What the old key did not open either, and was left as it is: tables and ids. */
  unreadable: string[];
  /**
   * Pending codes, recovery codes of administrators and backup codes that are gone; browsers that count as strangers
   * again.
   */
  ended: { codes: number; recoveryCodes: number; backupCodes: number; browsers: number };
};

/**
 * Gives all data another secret key: what is encrypted is encrypted anew and read back, what was only derived from the
 * old key ends.
 * @param db a transaction, so that nobody sees half of it
 * @throws when something cannot be read back
 */
export async function changeKey(
  db: Kysely<Schema>,
  { from, to, now }: { from: SecretKeys; to: SecretKeys; now: number },
): Promise<KeyChange> {
  const unreadable: string[] = [];
  const counted: [Kind, number][] = [];
  for (const kind of Object.keys(places) as Kind[]) {
    const { opened, closed } = await openAll(db, kind, from);
    unreadable.push(...closed);
    for (const [row, text] of opened) await replace(db, kind, row, to.encrypt(text, purposes[kind](String(row.id))));
    await checkAll(db, kind, { keys: to, opened });
    counted.push([kind, opened.length]);
  }
  const ended = await endDerived(db, now);
  await db
    .updateTable('settings')
    .set({ value: JSON.stringify(fingerprintOf(to)), updated_at: now })
    .where('name', '=', secretKeyCheck)
    .execute();
  return { encrypted: Object.fromEntries(counted) as KeyChange['encrypted'], unreadable, ended };
}

async function openAll(db: Kysely<Schema>, kind: Kind, keys: SecretKeys) {
  const opened: [Row, string][] = [];
  const closed: string[] = [];
  for (const row of await rowsOf(db, kind)) {
    if (row.encrypted === null) continue;
    try {
      opened.push([row, keys.decrypt(row.encrypted, purposes[kind](String(row.id)))]);
    } catch {
      closed.push(`${places[kind].table} ${row.id}`);
    }
  }
  return { opened, closed };
}

/** @throws when a text is not what it was */
async function checkAll(
  db: Kysely<Schema>,
  kind: Kind,
  { keys, opened }: { keys: SecretKeys; opened: readonly [Row, string][] },
): Promise<void> {
  const now = new Map((await rowsOf(db, kind)).map(({ id, encrypted }) => [id, encrypted]));
  for (const [{ id }, text] of opened) {
    if (keys.decrypt(now.get(id) ?? '', purposes[kind](String(id))) === text) continue;
    throw new Error(`${places[kind].table} ${id} does not read back under the new key.`);
  }
}

async function rowsOf(db: Kysely<Schema>, kind: Kind): Promise<Row[]> {
  const { table, id, column, only, within } = places[kind];
  const where = only === undefined ? sql`${sql.ref(column)} is not null` : sql`${sql.ref(id)} = ${only}`;
  const { rows } = await sql<Pick<Row, 'id' | 'text'>>`
    select ${sql.ref(id)} as id, ${sql.ref(column)} as text from ${sql.table(table)} where ${where}`.execute(db);
  return rows.map(({ id, text }) => ({ id, text, encrypted: within === undefined ? text : JSON.parse(text)[within] }));
}

async function replace(db: Kysely<Schema>, kind: Kind, row: Row, encrypted: string): Promise<void> {
  const { table, id, column, within } = places[kind];
  const text = within === undefined ? encrypted : JSON.stringify({ ...JSON.parse(row.text), [within]: encrypted });
  await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${text} where ${sql.ref(id)} = ${row.id}`.execute(db);
}

async function endDerived(db: Kysely<Schema>, now: number): Promise<KeyChange['ended']> {
  const codes = await db.deleteFrom('verification_codes').where('used_at', 'is', null).executeTakeFirst();
  const recoveryCodes = await db.deleteFrom('administrator_recovery_codes').executeTakeFirst();
  // The cookies that have them count no more.
  await db.deleteFrom('trusted_devices').execute();
  const backupCodes = await db.deleteFrom('backup_codes').where('used_at', 'is', null).executeTakeFirst();
  const browsers = await db
    .updateTable('sign_ins')
    .set({ forgotten_at: now })
    .where('device', '<>', '')
    .where('forgotten_at', 'is', null)
    .executeTakeFirst();
  return {
    codes: Number(codes.numDeletedRows),
    recoveryCodes: Number(recoveryCodes.numDeletedRows),
    backupCodes: Number(backupCodes.numDeletedRows),
    browsers: Number(browsers.numUpdatedRows),
  };
}
