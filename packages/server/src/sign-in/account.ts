import type { ParsedPhone } from '@sesame/connector-kit';
import type { User } from '../accounts/user-record.ts';
import type { Users } from '../accounts/users.ts';
import { ApiError } from '../errors.ts';
import type { Client } from '../protection/client.ts';
import { signedIn } from '../protection/devices.ts';
import type { NetworkLimits } from './network-limits.ts';
import type { CodeAnswer, Verification, Verifications } from './verifications.ts';

/** A signed-in user, by one session or one grant of an application: what is proven in it counts in it alone. */
export type AccountAccess = {
  userId: string;
  /** `session:<id>` or `grant:<id>`. */
  subject: string;
  client: Client;
};

type Deps = { users: Users; verifications: Verifications; networks: NetworkLimits };

/**
 * What signed-in users change about themselves. Numbers and passwords take a fresh proof of who it is: a code to the
 * number that the account has now, or its password.
 */
export function createAccount({ users, verifications, networks }: Deps) {
  /** @throws ApiError `verification_record.permission_denied` */
  async function requireProofOfPerson({ subject, userId }: AccountAccess, id: string | undefined): Promise<User> {
    const [user, proof] = await Promise.all([users.get(userId), id ? verifications.find(subject, id) : undefined]);
    const isPerson =
      proof?.type === 'code'
        ? proof.phone === user.primaryPhone
        : proof?.type === 'password' && proof.userId === userId;
    const isValid = proof?.verifiedAt !== undefined && (await users.isValidSince(userId, proof.verifiedAt));
    if (!isPerson || !isValid) throw new ApiError('verification_record.permission_denied');
    return user;
  }

  return {
    /** Sends a code to the number that the account has, or to one that it is to get. @throws as `Verifications` */
    sendCode: (access: AccountAccess, send: { phone: ParsedPhone; locale?: string | undefined }) =>
      verifications.sendCode({ ...send, subject: access.subject, client: knownThere(access), usageType: 'Generic' }),

    /** @throws ApiError `verification_code.*`, `session.verification_session_not_found`, `request.sign_in_rate_limited` */
    answerCode: (access: AccountAccess, answer: Omit<CodeAnswer, 'client'>): Promise<void> =>
      verifications.answerCode(access.subject, { ...answer, client: knownThere(access) }),

    /** @returns the id of the verification @throws ApiError `session.invalid_credentials`, `request.sign_in_rate_limited` */
    async checkPassword(access: AccountAccess, password: string): Promise<string> {
      const typed = { password, client: knownThere(access) };
      return (await verifications.checkPassword(access.subject, { id: access.userId }, typed)).id;
    },

    /** The verifications of this session or grant, newest first. */
    verifications: ({ subject }: AccountAccess): Promise<Verification[]> => verifications.list(subject),

    /** When a verification that was just made or answered stops being good. */
    async expiryOf({ subject }: AccountAccess, id: string): Promise<number> {
      const found = await verifications.find(subject, id);
      return found ? verifications.expiryOf(found) : 0;
    },

    /**
     * Links a number that was just verified, or puts it in the place of the one before.
     * @throws ApiError `verification_record.permission_denied`, `session.verification_failed`, `user.phone_already_in_use`
     */
    async replacePhone(
      access: AccountAccess,
      { personId, phoneId, phone }: { personId: string | undefined; phoneId: string; phone?: ParsedPhone | undefined },
    ): Promise<User> {
      const user = await requireProofOfPerson(access, personId);
      const proof = await verifications.find(access.subject, phoneId);
      if (proof?.type !== 'code' || proof.verifiedAt === undefined || phoneId === personId) {
        throw new ApiError('session.verification_failed');
      }
      if (phone && phone.e164 !== proof.phone) throw new ApiError('verification_code.phone_mismatch');
      return users.replacePhone(user, proof.phone);
    },

    /** @throws ApiError `verification_record.permission_denied`, `user.last_sign_in_method_required` */
    async removePhone(access: AccountAccess, personId: string | undefined): Promise<User> {
      const user = await requireProofOfPerson(access, personId);
      if (!user.username || !user.hasPassword) throw new ApiError('user.last_sign_in_method_required');
      return users.replacePhone(user, null);
    },

    /**
     * Sets the first password or replaces the one before.
     * @throws ApiError `verification_record.permission_denied`, `password.rejected`, `user.same_password`
     */
    async setPassword(
      access: AccountAccess,
      { personId, password, endSessions }: { personId: string | undefined; password: string; endSessions: boolean },
    ): Promise<void> {
      const user = await requireProofOfPerson(access, personId);
      await networks.charge('profile', access.client);
      if (await users.isPassword(user.id, password)) throw new ApiError('user.same_password');
      await users.setPassword(user.id, password, { endSessions });
    },
  };
}
export type Account = ReturnType<typeof createAccount>;

/** Whoever is signed in to the account is no stranger there. */
const knownThere = ({ client, userId, subject }: AccountAccess): Client =>
  signedIn(client, { type: 'user', id: userId }, subject);
