import { sql } from 'kysely';
import type { Store } from './store.ts';

/** So many changes of one user's number, or address, are shown. */
const maxChanges = 100;

/** A change of what messages of a user go to; null for none. */
export type RecipientChange = {
  id: string;
  at: number;
  before: string | null;
  after: string | null;
  /** As `phone_changed_by` of the user. */
  changed_by: string | null;
};

/** The numbers, or the addresses, that a user has had, the latest change first. */
export async function listRecipientChanges(
  { db }: Store,
  of: 'phone' | 'email',
  userId: string,
): Promise<RecipientChange[]> {
  const { rows } = await sql<RecipientChange>`
    select id, at, ${sql.ref(`${of}_before`)} as before, ${sql.ref(of)} as after, changed_by
    from ${sql.table(`${of}_changes`)} where user_id = ${userId} order by at desc, id desc limit ${maxChanges}`.execute(
    db,
  );
  return rows;
}
