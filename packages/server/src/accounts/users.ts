import type { CompiledQuery } from 'kysely';
import { ApiError, type ErrorCode } from '../errors.ts';
import type { Platform } from '../platform.ts';
import type { Devices } from '../protection/devices.ts';
import { refusalOf } from '../refusals.ts';
import { endingAuthenticator } from '../store/authenticators.ts';
import { endingBackupCodes, endingIdleBackupCodes } from '../store/backup-codes.ts';
import { endingOidcModels, endingSignIns } from '../store/ended-sessions.ts';
import type { Store } from '../store/store.ts';
import { endingTrustedDevices, endingTrustWhereChanged } from '../store/trusted-devices.ts';
import {
  changeUser,
  deletingUser,
  findUser,
  insertUser,
  isChangedUser,
  lockUser,
  type Proven,
  requireUser,
  suspending,
  takenField,
  type UserChanges,
  type UserRow,
  type UserStill,
  updateUser,
} from '../store/users.ts';
import { deletePasswordVerifications } from '../store/verifications.ts';
import { silentTelling, type Telling } from '../webhooks/telling.ts';
import { type Noticing, silentNoticing } from './noticing.ts';
import { createOtherRecipients } from './other-recipients.ts';
import type { Passwords } from './passwords.ts';
import type { FindStandIn } from './stand-ins.ts';
import { createUserLists } from './user-lists.ts';
import { createUserPasswords } from './user-passwords.ts';
import {
  changedBy,
  newUserId,
  nobody,
  type RecipientGiver,
  toChanges,
  toKey,
  toOthers,
  toUser,
  type User,
  type UserFields,
  type UserIdentifier,
  type UserWithDigest,
  userRefusals,
  withDigest,
} from './user-record.ts';

/** A user to make; a password, or what was kept of one. */
export type NewUser = UserFields & { password?: string | undefined; passwordDigest?: string | null | undefined };

export type Users = ReturnType<typeof createUsers>;

/** What a user wants of a second factor. */
export type SecondFactorWishes = {
  /** Whether no second code, where the policy leaves it to them. */
  skipsSecondFactor: boolean;
  /** Whether they were asked whether to have one, and do not want to. */
  declinedSecondFactor: boolean;
};

/** The people who sign in. Unknown ids are refused with `entity.not_found`. */
export function createUsers({
  store,
  platform,
  passwords,
  devices,
  findStandIn = async () => undefined,
  events = silentTelling,
  notices = silentNoticing,
}: {
  store: Store;
  platform: Platform;
  passwords: Passwords;
  devices: Devices;
  findStandIn?: FindStandIn;
  events?: Telling;
  notices?: Noticing;
}) {
  /** What tells that a user was changed, for the end of the transaction that does. */
  const tellingOf = (id: string, at: number) =>
    events.of({ event: 'User.Data.Updated', userId: id, onlyIf: () => isChangedUser(id, at) });

  async function change(
    id: string,
    changes: UserChanges,
    still?: UserStill,
    alongside: readonly CompiledQuery<unknown>[] = [],
  ): Promise<UserRow | undefined> {
    const now = platform.now();
    const [noticing, telling] = await Promise.all([notices.ofChanges(id, changes), tellingOf(id, now)]);
    const before = [...endingTrustWhereChanged(store, id, changes), ...noticing];
    const after = [...alongside, ...telling];
    const row = await unlessTaken(updateUser(store, id, { ...changes, updated_at: now }, still, { before, after }));
    // What has become primary was taken from the others after the row was given.
    return row?.others ? findUser(store, 'id', id) : row;
  }

  return {
    /**
     * @param alongside statements for the same transaction, for the id of the new user
     * @throws ApiError `user.username_already_in_use`, `user.phone_already_in_use`, `user.email_already_in_use`,
     * `system.busy`
     */
    async create(
      { password, passwordDigest = null, ...fields }: NewUser,
      alongside: (id: string) => CompiledQuery<unknown>[] = () => [],
    ): Promise<User> {
      const changes = toChanges(fields);
      const now = platform.now();
      const row: UserRow = {
        id: newUserId(platform),
        ...nobody,
        ...changes,
        password_digest: password === undefined ? passwordDigest : await passwords.hash(password, 'back end'),
        password_set_at: password === undefined && passwordDigest === null ? null : now,
        created_at: now,
        updated_at: now,
      };
      const telling = await events.of({ event: 'User.Created', userId: row.id });
      await unlessTaken(store.atomically([...alongside(row.id), insertUser(store, row), ...telling]));
      return toUser(row);
    },

    /**
     * All that is wrong with fields of a user, those included that another user has; for who may know of every user.
     * @param id of the user that they are for; nothing for one who is to be made
     */
    async refusals(fields: UserFields, id?: string): Promise<ApiError[]> {
      const { username, primaryPhone: phone, primaryEmail: email } = fields;
      const checkFree = async (identifier: UserIdentifier, taken: ErrorCode) => {
        const [key, value] = toKey(identifier);
        const row = value === '' ? undefined : await findUser(store, key, value);
        if (row && row.id !== id) throw new ApiError(taken);
      };
      const taken = await Promise.all([
        username ? refusalOf('username', checkFree({ username }, 'user.username_already_in_use')) : [],
        phone ? refusalOf('primaryPhone', checkFree({ phone }, 'user.phone_already_in_use')) : [],
        email ? refusalOf('primaryEmail', checkFree({ email }, 'user.email_already_in_use')) : [],
      ]);
      return [...userRefusals(fields), ...taken.flat()];
    },

    get: async (id: string): Promise<User> => toUser(await findUser(store, 'id', id)),

    /** With what is kept of the password, to move it elsewhere. */
    getWithDigest: async (id: string): Promise<UserWithDigest> => withDigest(await findUser(store, 'id', id)),

    /** Takes any spelling of a number or an address; upper and lower case of a username matter. */
    async find(identifier: UserIdentifier): Promise<User | undefined> {
      const row = await findUser(store, ...toKey(identifier));
      return row && toUser(row);
    },

    /**
     * Changes what is given.
     * @param by who does, where it is not the user
     * @param alongside statements for the same transaction, which hold of the user as it is then
     * @throws ApiError `user.username_already_in_use`, `user.phone_already_in_use`, `user.email_already_in_use`
     */
    update: async (
      id: string,
      fields: UserFields,
      by?: RecipientGiver,
      alongside: readonly CompiledQuery<unknown>[] = [],
    ): Promise<User> => toUser(await change(id, changesBy(by, fields), undefined, alongside)),

    /**
     * Changes what a user is known by, while it still is as the caller has seen it.
     * @param proven when the user proved who it is, and by what
     * @param alongside as at `update`
     * @throws ApiError `user.username_already_in_use`, `user.phone_already_in_use`, `user.email_already_in_use`,
     * `verification_record.permission_denied`
     */
    async changeIdentifiers(
      { id, primaryPhone: phone, primaryEmail: email, username, ...user }: User,
      fields: UserFields,
      proven: Proven,
      alongside: readonly CompiledQuery<unknown>[] = [],
    ): Promise<User> {
      const still = { phone, email, username, others: toOthers(user), ...proven };
      const row = await change(id, changesBy(undefined, fields), still, alongside);
      if (!row) throw new ApiError('verification_record.permission_denied');
      return toUser(row);
    },

    /**
     * Gives a user what it does not have yet.
     * @param proven when the user proved who it is, and to have the number; and by what the former
     * @param alongside statements for the same transaction, before its own
     * @param isNew whether the user has just been made, so that nobody is told of it
     * @throws ApiError `user.username_already_in_use`, `user.phone_already_in_use`, `user.email_already_in_use`; what
     * `isUnmet` tells where the user has got one of it meanwhile, or what was proven counts no more
     */
    async add(
      id: string,
      {
        passwordDigest: password_digest,
        ...fields
      }: Pick<NewUser, 'primaryPhone' | 'primaryEmail' | 'username' | 'passwordDigest'>,
      { alongside, isNew = false, ...proven }: Proven & { alongside: CompiledQuery<unknown>[]; isNew?: boolean },
    ): Promise<void> {
      const { phone, email, username, ...keys } = toChanges(fields);
      const has = Object.fromEntries(
        Object.entries({ phone, email, username, password_digest }).filter(([, value]) => value !== undefined),
      );
      const lacking = (value: string | null | undefined) => (value === undefined ? undefined : null);
      const still = {
        phone: lacking(phone),
        email: lacking(email),
        username: lacking(username),
        digest: lacking(password_digest),
        ...proven,
      };
      const now = platform.now();
      const since = password_digest === undefined ? {} : { password_set_at: now };
      const by = changedBy({ phone, email });
      const adding = changeUser(store, id, { ...has, ...keys, ...since, ...by, updated_at: now }, still);
      const telling = await tellingOf(id, now);
      const noticing = isNew ? [] : await notices.ofChanges(id, { phone, email, username, ...keys });
      if (!isNew && password_digest !== undefined) noticing.push(...(await notices.of(id, 'password-changed')));
      await unlessTaken(
        store.atomically([...alongside, ...noticing, adding, requireUser(store, id, has, proven), ...telling]),
      );
    },

    /** Puts these claims in place of those of the same name; two changes at once are both in. */
    async mergeProfile(id: string, claims: User['profile']): Promise<User> {
      for (;;) {
        const seen = await findUser(store, 'id', id);
        const profile = JSON.stringify({ ...toUser(seen).profile, ...claims });
        const row = await change(id, { profile }, { profile: seen?.profile });
        if (row) return toUser(row);
      }
    },

    /**
     * A user, from when on (milliseconds since the epoch) what the user has proven counts, and what the user wants of a
     * second factor.
     */
    async getWithValidFrom(id: string): Promise<{ user: User; validFrom: number } & SecondFactorWishes> {
      const row = await findUser(store, 'id', id);
      return {
        user: toUser(row),
        validFrom: row?.sessions_valid_from ?? 0,
        skipsSecondFactor: row?.skips_second_factor === 1,
        declinedSecondFactor: row?.declined_second_factor === 1,
      };
    },

    /**
     * Keeps whether a user was asked whether to have a second factor, and does not want to.
     * @throws ApiError `entity.not_found`
     */
    async setDeclinedSecondFactor(id: string, declined: boolean): Promise<void> {
      const row = await change(id, { declined_second_factor: declined ? 1 : 0 }, {});
      if (!row) throw new ApiError('entity.not_found');
    },

    /**
     * Whether the user wants no second code; whoever does not keeps no backup codes.
     * @param still when the user proved who it is, and by what; left out by an administrator
     * @throws ApiError `verification_record.permission_denied`, `entity.not_found`
     */
    async setSkipsSecondFactor(id: string, skips: boolean, still?: Proven): Promise<void> {
      const ending = endingIdleBackupCodes(store, id, 'skipped');
      const row = await change(id, { skips_second_factor: skips ? 1 : 0 }, still, ending);
      if (!row) throw new ApiError(still ? 'verification_record.permission_denied' : 'entity.not_found');
    },

    /** Suspends a user and ends all sign-ins, or takes it back. Either way what was proven before is void. */
    async setSuspended(id: string, isSuspended: boolean): Promise<User> {
      const telling = await events.of({ event: 'User.SuspensionStatus.Updated', userId: id });
      const now = platform.now();
      const ending = isSuspended ? endingSignIns(store, id, {}, now) : [];
      await store.atomically([...ending, ...suspending(store, id, isSuspended ? 1 : 0, now), ...telling]);
      return this.get(id);
    },

    /** Ends all sign-ins and what the password has proven, too: an import may give the id to a user again. */
    async delete(id: string): Promise<void> {
      const told = await events.of({ event: 'User.Deleted', userId: id });
      // Under its lock: of two deletions at once, one tells of it.
      const telling = told.length === 0 ? [] : [lockUser(store, id), ...told];
      const deleting = [
        ...telling,
        deletingUser(store, id),
        endingBackupCodes(store, id),
        endingAuthenticator(store, id),
        endingTrustedDevices(store, id),
        ...endingOidcModels(store, id, {}, platform.now()),
        deletePasswordVerifications(store, id),
      ];
      const deleted = (await store.atomically(deleting)).at(telling.length);
      if (!deleted?.length) throw new ApiError('entity.not_found');
    },

    ...createUserPasswords({ store, platform, passwords, devices, findStandIn, tellingOf, notices }),

    ...createUserLists({ store, platform }),

    others: createOtherRecipients({ store, platform, tellingOf, notices }),
  };
}

/** What fields are in a row, and who gave the number and the address among them. */
function changesBy(by: RecipientGiver | undefined, fields: UserFields) {
  const changes = toChanges(fields);
  return { ...changes, ...changedBy(changes, by) };
}

async function unlessTaken<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const field = takenField(error);
    throw field ? new ApiError(`user.${field}_already_in_use`) : error;
  }
}
