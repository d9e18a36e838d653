import type { CompiledQuery } from 'kysely';
import { ApiError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import type { Client } from '../protection/client.ts';
import type { Devices } from '../protection/devices.ts';
import { endingSignIns } from '../store/ended-sessions.ts';
import { isUnmet } from '../store/requirement.ts';
import { forgettingSignInAttempts } from '../store/sign-in-attempts.ts';
import type { Store } from '../store/store.ts';
import { endingTrustedDevices } from '../store/trusted-devices.ts';
import {
  changeUser,
  findUser,
  lockUser,
  type Proven,
  requirePassword,
  type UserRow,
  updateUser,
} from '../store/users.ts';
import { deletePasswordVerifications } from '../store/verifications.ts';
import type { Noticing } from './noticing.ts';
import { createPasswordAttempts, guessesAtAccount } from './password-attempts.ts';
import type { Passwords, Urgency } from './passwords.ts';
import type { FindStandIn } from './stand-ins.ts';
import { toKey, toUser, typedIn, type User, type UserIdentifier } from './user-record.ts';

/** Networks are shared by many people. */
export const userAttemptLimits = { perName: 20, perAddress: 50, digests: 300 };

type Deps = {
  store: Store;
  platform: Platform;
  passwords: Passwords;
  devices: Devices;
  findStandIn: FindStandIn;
  /** What tells that a user was changed, for the end of the transaction that does. */
  tellingOf: (id: string, at: number) => Promise<CompiledQuery<unknown>[]>;
  notices: Noticing;
};

/** The passwords of users: comparing them, and putting others in their place. */
export function createUserPasswords(deps: Deps) {
  const { store, platform, passwords, devices, findStandIn, tellingOf, notices } = deps;
  const attempt = createPasswordAttempts({ store, platform, passwords, devices, limits: userAttemptLimits });
  /**
   * What another system kept of a password is replaced once the password is known, unless it has changed meanwhile.
   * @returns what is kept of the password now
   */
  async function upgrade({ id, password_digest: from }: UserRow, password: string): Promise<string | null> {
    if (from === null || passwords.isCurrent(from)) return from;
    try {
      const digest = await passwords.hash(password, 'first');
      if (await updateUser(store, id, { password_digest: digest }, { digest: from })) return digest;
      // Another sign-in may have been faster, or a new password was set.
      const { password_digest: to = null } = (await findUser(store, 'id', id)) ?? {};
      return (await passwords.verify(to, password, 'first')) ? to : from;
    } catch (error) {
      // Where too many are waiting, the next sign-in does.
      if (!(error instanceof ApiError)) throw error;
      return from;
    }
  }

  const get = async (id: string): Promise<User> => toUser(await findUser(store, 'id', id));

  return {
    /**
     * The user whose password this is; takes as long when there is no such user or no password. Each attempt counts
     * under what was typed and under the client's networks.
     * @param alongside statements that rest on the password; they are in only while it still is the user's
     * @throws ApiError `request.sign_in_rate_limited`, `system.busy`
     */
    async findByPassword(
      identifier: UserIdentifier,
      { password, client }: { password: string; client: Client },
      alongside: (user: User) => CompiledQuery<unknown>[] = () => [],
    ): Promise<User | undefined> {
      const [field, value] = toKey(identifier);
      const account = { type: 'user', field, value: value || typedIn(identifier) } as const;
      // Both for every name: to be asked takes a moment.
      const [row, standIn] = await Promise.all([
        findUser(store, field, value),
        findStandIn(`${field} ${account.value}`),
      ]);
      const known = { accountId: row?.id };
      const outcome = await attempt({ digest: row?.password_digest, standIn, password, account, known, client });
      if (typeof outcome === 'object') throw new ApiError('request.sign_in_rate_limited', outcome);
      if (!row || outcome !== 'right') return undefined;
      const digest = (await upgrade(row, password)) ?? '';
      const user = toUser(row);
      // Waits for a change of the password that is under way, so that nothing is proven behind its back.
      const locking = changeUser(store, user.id, { password_digest: digest }, { digest });
      const still = [locking, requirePassword(store, user.id, digest)];
      return store.atomically([...still, ...alongside(user)]).then(
        () => user,
        (error: unknown) => {
          if (isUnmet(error)) return undefined;
          throw error;
        },
      );
    },

    /** Whether this is the password that the user has. @throws ApiError `system.busy` */
    async isPassword(id: string, password: string, urgency: Urgency = 'first'): Promise<boolean> {
      const row = await findUser(store, 'id', id);
      const isRight = await passwords.verify(row?.password_digest, password, urgency);
      if (row && isRight) await upgrade(row, password);
      return isRight;
    },

    /** What is kept of a password. @throws ApiError `system.busy` */
    digestPassword: (password: string, urgency: Urgency = 'first'): Promise<string> =>
      passwords.hash(password, urgency),

    /**
     * @param still when the user proved who it is, and by what, if the change rests on that
     * @param alongside statements for the same transaction; what `isUnmet` tells is theirs, where nothing was proven
     * @param ending the statements that end sign-ins with it
     * @throws ApiError `verification_record.permission_denied`, `system.busy`
     */
    async setPassword(
      id: string,
      password: string,
      {
        still,
        alongside = [],
        ending = [],
        urgency,
      }: Partial<Record<'alongside' | 'ending', CompiledQuery<unknown>[]>> & {
        still?: Proven;
        urgency?: Urgency;
      } = {},
    ): Promise<User> {
      await get(id);
      const digest = await this.digestPassword(password, urgency);
      const replacing = await this.replacingPassword(id, digest, { ending, ...(still && { still }) });
      await store.atomically([...replacing, ...alongside]).catch(async (error: unknown) => {
        if (!isUnmet(error)) throw error;
        await get(id);
        throw still ? new ApiError('verification_record.permission_denied') : error;
      });
      return get(id);
    },

    /**
     * The statements that replace a password, for a transaction with others, which is undone when the user is no longer
     * as it has to be. The password before proves nothing any more.
     * @param endSessions whether to end what the user is signed in with, and what was proven for sign-ins under way
     * @param ending the statements that end part of it
     * @param change what the owner is told of
     */
    async replacingPassword(
      id: string,
      digest: string,
      {
        endSessions = false,
        ending = [],
        still,
        change = 'password-changed',
      }: {
        endSessions?: boolean;
        ending?: CompiledQuery<unknown>[];
        still?: Proven;
        change?: 'password-changed' | 'password-reset';
      },
    ): Promise<CompiledQuery<unknown>[]> {
      const now = platform.now();
      return [
        lockUser(store, id),
        changeUser(store, id, { password_digest: digest, password_set_at: now, updated_at: now }, still),
        requirePassword(store, id, digest),
        ...(endSessions ? endingSignIns(store, id, {}, now) : ending),
        deletePasswordVerifications(store, id),
        endingTrustedDevices(store, id),
        // Guesses at the one before say nothing of the new one.
        forgettingSignInAttempts(store, guessesAtAccount('user', id)),
        ...(await notices.of(id, change)),
        ...(await tellingOf(id, now)),
      ];
    },

    /** When the password was set; null where nobody knows. @throws ApiError `entity.not_found` */
    async passwordSetAt(id: string): Promise<number | null> {
      const row = await findUser(store, 'id', id);
      if (!row) throw new ApiError('entity.not_found');
      return row.password_digest === null ? null : row.password_set_at;
    },
  };
}
