import type { Platform } from '../platform.ts';
import type { Page, Start } from '../store/listing.ts';
import type { Store } from '../store/store.ts';
import { everyUser, findSomeUsers, listUsers, type UserFilter, type UserRow } from '../store/users.ts';
import { meantBy } from './meant-user.ts';
import { toUser, type User, type UserWithDigest, withDigest } from './user-record.ts';
import { termOf, type UserSearch } from './user-search.ts';

/** Finds many users: in pages, one after the other, or a few that may be meant. */
export function createUserLists({ store, platform }: { store: Store; platform: Platform }) {
  const filterOf = (search: UserSearch | undefined, { withDigests: _, ...filter }: ListOptions): UserFilter => ({
    ...filter,
    term: search && termOf(search, store.kind),
  });

  return {
    /**
     * A page of the users that a search finds; of all without one.
     * @throws ApiError `guard.invalid_input`, `request.too_broad`
     */
    async list(search: UserSearch | undefined, page: Page, options: ListOptions = {}) {
      const { rows, ...listed } = await listUsers(store, filterOf(search, options), page, platform.now);
      return { users: rows.map(shownWith(options)), ...listed };
    },

    /** Users who may be meant by what somebody types into one box, newest first; so many at most. */
    async meantBy(typed: string, { findsPhones, limit }: { findsPhones: boolean; limit: number }): Promise<User[]> {
      const end = platform.now() + maxSearchMs;
      const patience = () => platform.now() < end;
      const { likely, possible } = meantBy({ typed, findsPhones, kind: store.kind });
      const found = await findSomeUsers(store, likely, limit, patience);
      const rows = found.length > 0 || !possible ? found : await findSomeUsers(store, possible, limit, patience);
      return rows.map(toUser);
    },

    /** Every user that a search finds, in order, a few hundred at a time. @throws ApiError `guard.invalid_input` */
    async *every(search: UserSearch | undefined, start: Start, options: ListOptions = {}) {
      for await (const rows of everyUser(store, filterOf(search, options), start)) yield rows.map(shownWith(options));
    },
  };
}

/** Which users are listed beside what is searched for, and whether with their password digests. */
type ListOptions = Omit<UserFilter, 'term'> & { withDigests?: boolean };

const shownWith =
  ({ withDigests = false }: ListOptions) =>
  (row: UserRow): User | UserWithDigest =>
    withDigests ? withDigest(row) : toUser(row);

/** Whoever types goes on typing: what is not found in so many milliseconds is not waited for. */
const maxSearchMs = 1_000;
