import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import { text, whole } from './parameters.ts';
import { requirement } from './requirement.ts';
import type { Store } from './store.ts';
import type { OtherRecipientsTable } from './tables/users.ts';

/** What another recipient is, and the field of the user that has the primary one. */
export type OtherKind = 'phone' | 'email';

/** So many numbers, and so many addresses, one user can have beside the primary one. */
export const mostOthers = 10;

/** What transactions contend for that give somebody another number or address: one at a time does. */
export const otherRecipientsLock = 'other-recipients';

/** The numbers, or the addresses, that a user has beside the primary one, those first that were added first. */
export const listOtherRecipients = ({ db }: Store, userId: string, kind: OtherKind): Promise<OtherRecipientsTable[]> =>
  db
    .selectFrom('other_recipients')
    .selectAll()
    .where('user_id', '=', userId)
    .where(kind, 'is not', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();

/**
 * The statements that give a user another number or address, unless there are as many of its kind; then they undo their
 * transaction. They throw what `takenField` understands when it is somebody's.
 */
export function addingOtherRecipient(
  store: Store,
  row: OtherRecipientsTable,
  kind: OtherKind,
  max: number,
): CompiledQuery<unknown>[] {
  const { id, user_id, phone, email, email_key, created_at, changed_by } = row;
  const values = [
    text(id),
    text(user_id),
    text(phone),
    text(email),
    text(email_key),
    whole(created_at),
    text(changed_by),
  ];
  const adding = sql`insert into other_recipients (id, user_id, phone, email, email_key, created_at, changed_by)
    select ${sql.join(values)} where (select count(*) from other_recipients
      where user_id = ${user_id} and ${sql.ref(kind)} is not null) < ${sql.lit(max)}`;
  return [adding.compile(store.db), requirement(store, isOtherRecipient(user_id, id))];
}

/** The statements that take a user's other number or address away; they undo their transaction where there is no such. */
export function removingOtherRecipient(
  store: Store,
  { user_id: userId, id, changed_by }: Pick<OtherRecipientsTable, 'user_id' | 'id' | 'changed_by'>,
): CompiledQuery<unknown>[] {
  const { db } = store;
  return [
    requirement(store, isOtherRecipient(userId, id)),
    db.updateTable('other_recipients').set({ changed_by }).where('id', '=', id).compile(),
    db.deleteFrom('other_recipients').where('id', '=', id).compile(),
  ];
}

const isOtherRecipient = (userId: string, id: string): RawBuilder<unknown> =>
  sql`exists (select 1 from other_recipients where id = ${id} and user_id = ${userId})`;
