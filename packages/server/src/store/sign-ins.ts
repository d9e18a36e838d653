import { sql } from 'kysely';
import { equals, type List, type Page, type Start, selecting } from './listing.ts';
import { everyEntry, type Listed, listEntries } from './lists.ts';
import { slotsOf, statement } from './statement.ts';
import type { Store } from './store.ts';
import type { SignInsTable } from './tables/sign-ins.ts';

/** Records a sign-in, up to 50 ms later: nothing is decided by it, and a crash loses no more than the record. */
export const recordSignIn = (store: Store, signIn: SignInsTable): Promise<void> =>
  store.eventually(insert(store, signIn), [`sign-ins:${signIn.user_id}`]);

const insert = statement<SignInsTable>((slot, db, signIn) =>
  db.insertInto('sign_ins').values(slotsOf(slot, signIn, (given) => given)),
);

const list = { table: 'sign_ins', by: 'at' } as const satisfies List;
const selectionOf = (userId: string) => selecting([equals('user_id', userId)], []);

/** A page of the sign-ins of a user, newest first, and how many there are in all. */
export const listSignIns = (
  store: Store,
  userId: string,
  page: Page,
  now: () => number,
): Promise<Listed<SignInsTable>> => listEntries(store, list, selectionOf(userId), page, now);

/** Every sign-in of a user, newest first, a few hundred at a time. */
export const everySignIn = (store: Store, userId: string, start: Start) =>
  everyEntry(store, list, selectionOf(userId), start);

/** So many browsers of one user are shown. */
const maxDevices = 100;

/** The latest sign-in of each browser that is known to a user since a time, newest first. */
export async function listDevices({ reader }: Store, userId: string, since: number): Promise<SignInsTable[]> {
  return reader
    .selectFrom('sign_ins')
    .selectAll()
    .where('user_id', '=', userId)
    .where('at', '>=', since)
    .where('device', '<>', '')
    .where('forgotten_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('sign_ins as later')
            .select('later.id')
            .where('later.user_id', '=', userId)
            .whereRef('later.previous_device', '=', 'sign_ins.device'),
        ),
      ),
    )
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(maxDevices)
    .execute();
}

/** Makes a stranger of a browser of a user, which is trusted no more. @returns whether it was known */
export async function forgetDevice(store: Store, userId: string, device: string, now: number): Promise<boolean> {
  const { db } = store;
  const digests = sql`select trust_digest from sign_ins where user_id = ${userId} and device = ${device}`;
  const [, forgotten] = await store.atomically([
    sql`delete from trusted_devices where user_id = ${userId} and digest in (${digests})`.compile(db),
    db
      .updateTable('sign_ins')
      .set({ forgotten_at: now })
      .where('user_id', '=', userId)
      .where('device', '=', device)
      .where('device', '<>', '')
      .where('forgotten_at', 'is', null)
      .returning('id')
      .compile(),
  ]);
  return forgotten.length > 0;
}
