import type { CompiledQuery } from 'kysely';
import { ApiError } from '../errors.ts';
import { newId, type Platform } from '../platform.ts';
import {
  addingOtherRecipient,
  listOtherRecipients,
  mostOthers,
  type OtherKind,
  otherRecipientsLock,
  removingOtherRecipient,
} from '../store/other-recipients.ts';
import { isUnmet } from '../store/requirement.ts';
import type { Store } from '../store/store.ts';
import type { OtherRecipientsTable } from '../store/tables/users.ts';
import { endingTrustWhereChanged } from '../store/trusted-devices.ts';
import { changeUser, findUser, type Proven, requireUser, takenField } from '../store/users.ts';
import type { Noticing } from './noticing.ts';
import { changedBy, type RecipientGiver, toChanges, toOthers, toUser, type User } from './user-record.ts';

/** A number or an address of a user beside the primary one. */
export type OtherRecipient = {
  id: string;
  /** As `primaryPhone`, or as `primaryEmail`. */
  address: string;
  /** Milliseconds since the epoch. */
  addedAt: number;
};

/** What a change rests on: the user as it was seen, and what the user has proven; left out by an administrator. */
export type OthersStill = Proven & { user?: User | undefined };

/** Which one of a user, and who changes it, where it is not the user. */
type Meant = { userId: string; kind: OtherKind; by?: RecipientGiver | undefined };

type Deps = {
  store: Store;
  platform: Platform;
  /** What tells that a user was changed, for the end of the transaction that does. */
  tellingOf: (id: string, at: number) => Promise<CompiledQuery<unknown>[]>;
  notices: Noticing;
};

const fields = { phone: 'primaryPhone', email: 'primaryEmail' } as const;

/** The numbers and addresses of users beside the primary ones. They sign in, and prove who it is, as those do. */
export function createOtherRecipients({ store, platform, tellingOf, notices }: Deps) {
  const list = async (userId: string, kind: OtherKind): Promise<OtherRecipient[]> =>
    (await listOtherRecipients(store, userId, kind)).map((row) => ({
      id: row.id,
      address: addressOf(row),
      addedAt: row.created_at,
    }));

  /** @throws ApiError `entity.not_found` */
  async function get({ userId, kind }: Meant, id: string): Promise<OtherRecipient> {
    const found = (await list(userId, kind)).find((other) => other.id === id);
    if (!found) throw new ApiError('entity.not_found');
    return found;
  }

  /** @returns whether all held that it rests on */
  async function change(
    userId: string,
    { user, ...proven }: OthersStill,
    now: number,
    statements: readonly CompiledQuery<unknown>[],
  ): Promise<boolean> {
    const seen = user && {
      phone: user.primaryPhone,
      email: user.primaryEmail,
      username: user.username,
      others: toOthers(user),
    };
    const touching = changeUser(store, userId, { updated_at: now });
    const requiring = requireUser(store, userId, seen ?? {}, proven);
    const telling = await tellingOf(userId, now);
    try {
      await store.atomically([touching, requiring, ...statements, ...telling], [otherRecipientsLock]);
      return true;
    } catch (error) {
      if (isUnmet(error)) return false;
      const field = takenField(error);
      throw field ? new ApiError(`user.${field}_already_in_use`) : error;
    }
  }

  /** @throws ApiError `entity.not_found` for an unknown user, `verification_record.permission_denied` */
  async function refuse(userId: string): Promise<never> {
    toUser(await findUser(store, 'id', userId));
    throw new ApiError('verification_record.permission_denied');
  }

  return {
    list,
    get,

    /**
     * @param address in any spelling
     * @throws ApiError `guard.invalid_input`, `phone.cannot_receive_sms`, `user.phone_already_in_use` and the like,
     * `user.too_many_recipients`, `entity.not_found`, `verification_record.permission_denied`
     */
    async add(
      { userId, kind, by }: Meant,
      address: string,
      still: OthersStill = {},
      max: number = mostOthers,
    ): Promise<OtherRecipient> {
      const now = platform.now();
      const row = rowOf({ userId, kind, by }, address, { id: newId(platform), now });
      const noticing = await notices.of(userId, `${kind}-added`, addressOf(row));
      if (await change(userId, still, now, [...noticing, ...addingOtherRecipient(store, row, kind, max)])) {
        return { id: row.id, address: addressOf(row), addedAt: now };
      }
      if ((await list(userId, kind)).length >= max) throw new ApiError('user.too_many_recipients', { max });
      return refuse(userId);
    },

    /** @throws ApiError `entity.not_found`, `verification_record.permission_denied` */
    async remove({ userId, kind, by }: Meant, id: string, still: OthersStill = {}): Promise<void> {
      const { address } = await get({ userId, kind }, id);
      const noticing = await notices.of(userId, `${kind}-removed`, address);
      const removing = removingOtherRecipient(store, { user_id: userId, id, changed_by: giverIn(by) });
      if (await change(userId, still, platform.now(), [...noticing, ...removing])) return;
      await get({ userId, kind }, id);
      await refuse(userId);
    },

    /**
     * Makes it the primary one, in whose place the one before becomes another.
     * @throws ApiError `entity.not_found`, `verification_record.permission_denied`
     */
    async makePrimary({ userId, kind, by }: Meant, id: string, still: OthersStill = {}): Promise<void> {
      const user = still.user ?? toUser(await findUser(store, 'id', userId));
      const { address } = await get({ userId, kind }, id);
      const now = platform.now();
      const before = user[fields[kind]];
      const changes = toChanges({ [fields[kind]]: address });
      const row = before === null ? undefined : rowOf({ userId, kind, by }, before, { id: newId(platform), now });
      // An administrator rests on nothing of the user but the one that it takes the place of.
      const seeing = still.user ? [] : [requireUser(store, userId, { [kind]: before })];
      const statements = [
        ...endingTrustWhereChanged(store, userId, changes),
        ...(await notices.ofChanges(userId, changes)),
        ...removingOtherRecipient(store, { user_id: userId, id, changed_by: giverIn(by) }),
        changeUser(store, userId, { ...changes, ...changedBy(changes, by) }),
        ...(row ? addingOtherRecipient(store, row, kind, mostOthers) : []),
      ];
      if (await change(userId, still, now, [...seeing, ...statements])) return;
      await get({ userId, kind }, id);
      const isStale = !still.user && toUser(await findUser(store, 'id', userId))[fields[kind]] !== before;
      if (!isStale) await refuse(userId);
      await this.makePrimary({ userId, kind, by }, id, still);
    },
  };
}
export type OtherRecipients = ReturnType<typeof createOtherRecipients>;

const addressOf = ({ phone, email }: Pick<OtherRecipientsTable, 'phone' | 'email'>): string => phone ?? email ?? '';

const giverIn = (by: RecipientGiver | undefined): string | null => (by ? JSON.stringify(by) : null);

/** One that a user is to have, in any spelling, as it is kept. @throws ApiError for what is none */
export function rowOf(
  { userId, kind, by }: Meant,
  address: string,
  { id, now }: { id: string; now: number },
): OtherRecipientsTable {
  const { phone = null, email = null, email_key = null } = toChanges({ [fields[kind]]: address });
  return { id, user_id: userId, phone, email, email_key, created_at: now, changed_by: giverIn(by) };
}
