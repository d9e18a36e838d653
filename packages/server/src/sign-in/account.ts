import type { CompiledQuery } from 'kysely';
import type { Authenticators } from '../accounts/authenticators.ts';
import type { BackupCodes } from '../accounts/backup-codes.ts';
import { checkNewPassword } from '../accounts/password-rules/new-password.ts';
import type { TrustedDevices } from '../accounts/trusted-devices.ts';
import { checkUsername, type User, type UserFields } from '../accounts/user-record.ts';
import type { Users } from '../accounts/users.ts';
import type { Connectors } from '../connectors/connectors.ts';
import { ApiError } from '../errors.ts';
import type { AccountCenterStore, AccountField } from '../experience/account-center.ts';
import type { CodeIdentifier } from '../experience/methods.ts';
import { factorTypes } from '../experience/second-factors.ts';
import type { SignInExperienceStore } from '../experience/sign-in-experience.ts';
import type { KeptRecipient, Recipient, RecipientKey } from '../messaging/recipient.ts';
import { type Client, signedInDevice } from '../protection/client.ts';
import { signedIn } from '../protection/devices.ts';
import { endingIdleBackupCodes } from '../store/backup-codes.ts';
import type { Store } from '../store/store.ts';
import type { Proven } from '../store/users.ts';
import type { Wording } from '../verification/requests.ts';
import type { AccountAccess, ProvenPerson } from './account-access.ts';
import { createAccountAuthenticators } from './account-authenticators.ts';
import { createAccountBackupCodes } from './account-backup-codes.ts';
import { checkMayChange, checkMaySee, maySee, requireScope } from './account-fields.ts';
import { createAccountOtherRecipients } from './account-other-recipients.ts';
import { createAccountTrustedDevices } from './account-trusted-devices.ts';
import type { NetworkLimits } from './network-limits.ts';
import type { NewAuthenticators } from './new-authenticators.ts';
import type { OwnFactors } from './own-factors.ts';
import { checkMayBeLinked, checkStillSignsIn, type SignInWays } from './rules.ts';
import { fieldsOf, isOf, typeOf, userField } from './user-recipients.ts';
import type { Verification } from './verification-row.ts';
import type { CodeAnswer, Verifications } from './verifications.ts';

/** A code to ask for, and what one to the account's own number or address is for. */
export type AccountCode = {
  recipient: Recipient;
  wording: Wording;
  usageType?: 'UserPermissionValidation' | 'BindMfa' | undefined;
};

/** What an account is to be reached by. */
export type NewRecipient = {
  type: CodeIdentifier;
  /** What says that it is really the person. */
  personId: string | undefined;
  /** What says that the number or the address is the person's. */
  proofId: string;
  /** What the proof has to be of; whatever it is of, where that is left out. */
  recipient?: RecipientKey;
};

/** What a user may change of the own account without a code to anybody. */
export type AccountChange = Pick<UserFields, 'name' | 'avatar' | 'username' | 'customData'>;

type Deps = {
  store: Store;
  users: Users;
  backupCodes: BackupCodes;
  authenticators: Authenticators;
  newAuthenticators: NewAuthenticators;
  ownFactors: OwnFactors;
  trustedDevices: TrustedDevices;
  verifications: Verifications;
  networks: NetworkLimits;
  experience: SignInExperienceStore;
  accountCenter: AccountCenterStore;
  connectors: Pick<Connectors, 'liveChannels'>;
};

/**
 * What signed-in users change about themselves, as far as the account center and the scopes of their token go. Whatever
 * signs in takes a fresh proof of who it is: a code to a number or an address of the account, or its password. Refusals
 * come in Logto's order.
 */
export function createAccount(deps: Deps) {
  const { store, users, verifications, networks, experience, accountCenter, connectors } = deps;
  /** @throws ApiError `verification_record.permission_denied` */
  async function requireProofOfPerson(
    { subject, userId }: AccountAccess,
    id: string | undefined,
  ): Promise<ProvenPerson> {
    const [{ user, validFrom }, proof] = await Promise.all([
      users.getWithValidFrom(userId),
      id ? verifications.find(subject, id) : undefined,
    ]);
    const isPerson =
      proof?.type === 'code' ? isOf(proof.recipient, user) : proof?.type === 'password' && proof.userId === userId;
    const { verifiedAt: provenAt, id: proofId = '' } = proof ?? {};
    if (!isPerson || provenAt === undefined || provenAt < validFrom) {
      throw new ApiError('verification_record.permission_denied');
    }
    return { user, proven: { provenAt, proofId } };
  }

  /**
   * Before something is changed: that the user may, and has not done so too often.
   * @param isProven whether it takes a proof of the person, which is there
   * @throws ApiError `account_center.*`, `auth.unauthorized`, `request.sign_in_rate_limited`
   */
  async function admitChange(
    { scopes, userId }: AccountAccess,
    field: AccountField,
    { isProven } = { isProven: true },
  ): Promise<void> {
    checkMayChange(await accountCenter.read(), scopes, field);
    await networks.chargeChange(userId, { isProven });
  }

  /**
   * What an account is to get was just verified, and it is really the person.
   * @throws ApiError `verification_record.permission_denied`, `account_center.*`, `auth.unauthorized`,
   * `request.sign_in_rate_limited`, `session.email_blocklist.*`, `verification_record.not_found`
   */
  async function requireNewRecipient(
    access: AccountAccess,
    { type, personId, proofId, recipient }: NewRecipient,
  ): Promise<ProvenPerson & { recipient: KeptRecipient }> {
    const { user, proven } = await requireProofOfPerson(access, personId);
    await admitChange(access, type);
    const proof = await verifications.find(access.subject, proofId);
    const isProof = proof?.type === 'code' && proof.verifiedAt !== undefined && proofId !== personId;
    if (!isProof || typeOf(proof.recipient) !== type || (recipient ?? proof.recipient).key !== proof.recipient.key) {
      throw new ApiError('verification_record.not_found');
    }
    checkMayBeLinked(await experience.read(), proof.recipient);
    const provenAt = Math.min(proven.provenAt, proof.verifiedAt ?? 0);
    return { user, proven: { ...proven, provenAt }, recipient: proof.recipient };
  }

  /** @throws ApiError `user.last_sign_in_method_required` */
  const requireStillSignsIn = async (ways: SignInWays): Promise<void> =>
    checkStillSignsIn(await experience.read(), ways, await connectors.liveChannels());

  /**
   * Ends backup codes or the authenticator app of a user.
   * @param proven what it rests on; left out by an administrator
   * @returns whether one of them has this id
   */
  async function endFactor(userId: string, id: string, proven: Proven = {}): Promise<boolean> {
    if (await deps.backupCodes.end(userId, id, proven)) return true;
    const alongside = endingIdleBackupCodes(store, userId, factorTypes((await experience.read()).mfa));
    return deps.authenticators.end(userId, id, { ...proven, alongside });
  }

  return {
    /**
     * Sends a code to a number or an address that the account has, or that users may give it: no message goes out in vain.
     * Where the token may not see what the account has, the answer does not tell it either.
     * @throws as `Verifications`; ApiError `account_center.*`, `session.email_blocklist.*`
     */
    async sendCode(access: AccountAccess, { recipient, wording, usageType }: AccountCode) {
      const [user, center] = await Promise.all([users.get(access.userId), accountCenter.read()]);
      const isOwn = isOf(recipient, user);
      const isSeen = maySee(center, access.scopes, typeOf(recipient));
      if (!isOwn && isSeen) checkMayChange(center, access.scopes, typeOf(recipient));
      if (!isOwn) checkMayBeLinked(await experience.read(), recipient);
      return verifications.sendCode({
        recipient,
        wording,
        usageType: isOwn ? (usageType ?? 'UserPermissionValidation') : 'BindNewIdentifier',
        isDiscreet: !isSeen,
        isSuppressed: !isSeen && !isOwn,
        subject: access.subject,
        client: knownThere(access),
      });
    },

    /** @throws ApiError `verification_record.not_found`, `verification_code.*`, `request.sign_in_rate_limited` */
    async answerCode(access: AccountAccess, answer: Omit<CodeAnswer, 'client'>): Promise<void> {
      const found = await verifications.find(access.subject, answer.id);
      if (found?.type !== 'code') throw new ApiError('verification_record.not_found');
      const { statements, locks } = await verifications.answerCode(access.subject, {
        ...answer,
        client: knownThere(access),
      });
      if (statements.length > 0) await store.atomically(statements, locks);
    },

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
     * Changes what is given. A username takes a proof of the person; the last way to sign in stays.
     * @throws ApiError `account_center.*`, `auth.unauthorized`, `entity.invalid_input` where nothing is given,
     * `verification_record.permission_denied`, `user.last_sign_in_method_required`, `user.username_already_in_use`, `request.sign_in_rate_limited`
     */
    async update(access: AccountAccess, fields: AccountChange, personId: string | undefined) {
      const { name, avatar, username, customData } = fields;
      const given = Object.entries({ name, avatar, username, customData }).filter(([, value]) => value !== undefined);
      checkMayChange(await accountCenter.read(), access.scopes, ...given.map(([field]) => field as AccountField));
      requireScope(access.scopes, 'profile');
      if (given.length === 0) throw new ApiError('entity.invalid_input');
      if (username === undefined) {
        await networks.chargeChange(access.userId, { isProven: false });
        return users.update(access.userId, fields);
      }
      const { user, proven } = await requireProofOfPerson(access, personId);
      await networks.chargeChange(access.userId, { isProven: true });
      if (username) {
        checkUsername(username);
        // Whether it is taken shows, to nobody who goes through many; strangers of the network are counted apart.
        await networks.charge('profile', access.client, { isKnown: true });
      } else await requireStillSignsIn({ ...user, username: null });
      return users.changeIdentifiers(user, fields, proven);
    },

    /** Changes the claims that are given. @throws ApiError `account_center.*`, `auth.unauthorized`, `request.sign_in_rate_limited` */
    async updateProfile(access: AccountAccess, claims: User['profile']): Promise<User> {
      await admitChange(access, 'profile', { isProven: false });
      if (claims.address !== undefined) requireScope(access.scopes, 'address');
      return users.mergeProfile(access.userId, claims);
    },

    /**
     * Links a number or an address that was just verified, or puts it in the place of the one before.
     * @throws ApiError `verification_record.permission_denied`, `account_center.*`, `auth.unauthorized`,
     * `request.sign_in_rate_limited`, `session.email_blocklist.*`, `verification_record.not_found`,
     * `user.phone_already_in_use` and the like
     */
    async replaceRecipient(access: AccountAccess, asked: NewRecipient): Promise<User> {
      const { user, proven, recipient } = await requireNewRecipient(access, asked);
      return users.changeIdentifiers(user, fieldsOf([recipient]), proven);
    },

    /**
     * @throws ApiError `verification_record.permission_denied`, `account_center.*`, `auth.unauthorized`,
     * `request.sign_in_rate_limited`, `user.last_sign_in_method_required`
     */
    async removeRecipient(access: AccountAccess, type: CodeIdentifier, personId: string | undefined): Promise<User> {
      const { user, proven } = await requireProofOfPerson(access, personId);
      await admitChange(access, type);
      const without = { [userField[type]]: null };
      await requireStillSignsIn({ ...user, ...without });
      const ending = endingIdleBackupCodes(store, user.id, factorTypes((await experience.read()).mfa));
      return users.changeIdentifiers(user, without, proven, ending);
    },

    /** Whether the user wants no second code. @throws ApiError `account_center.field_not_enabled`, `auth.unauthorized` */
    async skipsSecondFactor({ userId, scopes }: AccountAccess): Promise<boolean> {
      checkMaySee(await accountCenter.read(), scopes, 'mfa');
      return (await users.getWithValidFrom(userId)).skipsSecondFactor;
    },

    /**
     * @throws ApiError `verification_record.permission_denied`, `account_center.*`, `auth.unauthorized`,
     * `request.sign_in_rate_limited`
     */
    async setSkipsSecondFactor(access: AccountAccess, skips: boolean, personId: string | undefined): Promise<void> {
      const { proven } = await requireProofOfPerson(access, personId);
      await admitChange(access, 'mfa');
      await users.setSkipsSecondFactor(access.userId, skips, proven);
    },

    backupCodes: createAccountBackupCodes({ ...deps, requireProofOfPerson, admitChange }),

    authenticators: createAccountAuthenticators({ ...deps, requireProofOfPerson, admitChange }),

    trustedDevices: createAccountTrustedDevices({ ...deps, admitChange }),

    others: createAccountOtherRecipients({
      ...deps,
      ...{ requireProofOfPerson, requireNewRecipient, admitChange, requireStillSignsIn },
    }),

    endFactor,

    /**
     * As `endFactor`, by the user.
     * @throws ApiError `verification_record.permission_denied`, `account_center.*`, `auth.unauthorized`,
     * `request.sign_in_rate_limited`
     */
    async endOwnFactor(access: AccountAccess, id: string, personId: string | undefined): Promise<boolean> {
      const { proven } = await requireProofOfPerson(access, personId);
      await admitChange(access, 'mfa');
      return endFactor(access.userId, id, proven);
    },

    /**
     * Sets the first password or replaces the one before.
     * @param ending the statements that end sign-ins with it
     * @throws ApiError `verification_record.permission_denied`, `account_center.*`, `request.sign_in_rate_limited`,
     * `password.rejected`, `user.same_password`
     */
    async setPassword(
      access: AccountAccess,
      {
        personId,
        password,
        ending,
      }: { personId: string | undefined; password: string; ending?: CompiledQuery<unknown>[] },
    ): Promise<void> {
      const { user, proven } = await requireProofOfPerson(access, personId);
      await admitChange(access, 'password');
      await networks.charging('profile', access.client, { isKnown: true }, async () => {
        checkNewPassword(password, (await experience.read()).passwordPolicy, user);
        if (await users.isPassword(user.id, password)) throw new ApiError('user.same_password');
        await users.setPassword(user.id, password, { still: proven, ...(ending && { ending }) });
      });
    },
  };
}
export type Account = ReturnType<typeof createAccount>;

/**
 * Whoever is signed in to the account is no stranger there. All of them count together: somebody with a session gets
 * new grants, and with each of them would get new guesses.
 */
const knownThere = ({ client, userId }: AccountAccess): Client =>
  signedIn(client, { type: 'user', id: userId }, signedInDevice);
