import { sql } from 'kysely';
import { whole } from './parameters.ts';
import { statement } from './statement.ts';
import type { Store } from './store.ts';

/** Places are whole numbers below this. */
export const places = 2 ** 48;

/** What is kept of the password of the user at this place or the next one after it; nothing where no user has any. */
export async function findDigestAt(store: Store, place: number): Promise<string | undefined> {
  const [found] = await store.run(digestFrom(store, { place }));
  return found?.password_digest ?? undefined;
}

const firstDigest = sql`select password_digest from users where password_digest is not null`;

/** After the last place comes the first; always one statement, wherever a name leads. */
const digestFrom = statement<{ place: number }, { password_digest: string | null }>(
  (slot) => sql`select coalesce(
    (${firstDigest} and place >= ${whole(slot(({ place }) => place))} order by place limit 1),
    (${firstDigest} order by place limit 1)) as password_digest`,
);
