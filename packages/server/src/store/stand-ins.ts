import { whole } from './parameters.ts';
import { statement } from './statement.ts';
import type { Store } from './store.ts';

/** Places are whole numbers below this. */
export const places = 2 ** 48;

/** What is kept of the password of the user at this place or the next one after it; nothing where no user has any. */
export async function findDigestAt(store: Store, place: number): Promise<string | undefined> {
  const [found] = await store.run(digestFrom(store, { place }));
  const [first] = found ? [] : await store.run(digestFrom(store, { place: 0 }));
  return (found ?? first)?.password_digest ?? undefined;
}

const digestFrom = statement<{ place: number }, { password_digest: string | null }>((slot, db) =>
  db
    .selectFrom('users')
    .select('password_digest')
    .where('password_digest', 'is not', null)
    .where('place', '>=', whole(slot(({ place }) => place)))
    .orderBy('place')
    .limit(1),
);
