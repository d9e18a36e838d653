import { checkNewPassword } from '../accounts/password-rules/new-password.ts';
import type { PasswordOwner } from '../accounts/password-rules/restricted-parts.ts';
import { checkUsername, type User } from '../accounts/user-record.ts';
import type { Users } from '../accounts/users.ts';
import { ApiError } from '../errors.ts';
import type { AccountCenterStore } from '../experience/account-center.ts';
import { type CodeIdentifier, type CodeMethod, codeMethods } from '../experience/methods.ts';
import { codeTypes } from '../experience/second-factors.ts';
import { type SignInExperienceStore, signsUpByUsername } from '../experience/sign-in-experience.ts';
import type { Client } from '../protection/client.ts';
import type { SignInFlowsTable } from '../store/tables/sign-ins.ts';
import type { FlowAccess, FlowKeys } from './flow-keys.ts';
import { type FlowWriter, subjectOf } from './flow-writer.ts';
import { codeColumn, type Identification } from './identification.ts';
import type { NetworkLimits } from './network-limits.ts';
import { checkLacks, checkMayChooseUsername, checkMayUseCode, mayAdd, type ProfileField } from './rules.ts';
import type { SecondFactor } from './second-factor.ts';
import { fieldsOf, typeOf, userField } from './user-recipients.ts';
import type { Verifications } from './verifications.ts';

/** What somebody types, and who. */
type Typed = { password: string; client: Client };

type Deps = {
  experience: SignInExperienceStore;
  accountCenter: AccountCenterStore;
  verifications: Verifications;
  networks: NetworkLimits;
  users: Users;
  keys: FlowKeys;
  flows: FlowWriter;
  identification: Identification;
  second: SecondFactor;
};

/**
 * What a new account is to have, or what an account that is known gets at the end of the sign-in: what it has already
 * stays. What was chosen replaces the key of the flow.
 */
export function createProfile(deps: Deps) {
  const { experience, accountCenter, verifications, networks, users, keys, flows, identification, second } = deps;

  /**
   * What an account has shows to nobody who lacks a second code for it.
   * @throws ApiError `session.not_supported_for_forgot_password`, `session.identifier_not_found`,
   * `session.mfa.require_mfa_verification`
   */
  async function open(access: FlowAccess): Promise<{ flow: SignInFlowsTable; user: User | undefined }> {
    const flow = await keys.load(access);
    if (flow.event === 'ForgotPassword') throw new ApiError('session.not_supported_for_forgot_password');
    if (flow.user_id !== null) {
      await second.requireBefore(flow, flow.user_id);
      return { flow, user: await users.get(flow.user_id) };
    }
    if (flow.event === 'SignIn') throw new ApiError('session.identifier_not_found');
    return { flow, user: undefined };
  }

  async function mayGet(field: ProfileField): Promise<boolean> {
    const [policy, center] = await Promise.all([experience.read(), accountCenter.read()]);
    return mayAdd(policy, center, field);
  }

  /** @throws ApiError `user.*_exists_in_profile`, `account_center.field_not_editable` */
  async function checkMayGet(user: User, field: ProfileField): Promise<void> {
    checkLacks(user, field);
    if (!(await mayGet(field))) throw new ApiError('account_center.field_not_editable', { field });
  }

  /** @throws ApiError `user.username_already_in_use` */
  async function checkIsFree(username: string): Promise<void> {
    if (await users.find({ username })) throw new ApiError('user.username_already_in_use');
  }

  /** @throws ApiError `password.rejected` */
  async function checkPassword(password: string, owner: PasswordOwner): Promise<void> {
    checkNewPassword(password, (await experience.read()).passwordPolicy, owner);
  }

  async function ownerToBe(flow: SignInFlowsTable): Promise<PasswordOwner> {
    const ids = Object.values(codeColumn).map((column) => flow[column]);
    const proofs = (await verifications.list(subjectOf(flow))).filter(({ id }) => ids.includes(id));
    const recipients = proofs.flatMap((proof) => (proof.type === 'code' ? [proof.recipient] : []));
    return { username: flow.username, ...fieldsOf(recipients) };
  }

  return {
    /** Whether a code to a number or an address is for the account of this flow, which has none. */
    async lacks({ event, user_id: userId }: SignInFlowsTable, type: CodeIdentifier): Promise<boolean> {
      if (event === 'ForgotPassword' || userId === null) return false;
      return (await users.get(userId))[userField[type]] === null && mayGet(type);
    },

    /**
     * @returns the new key
     * @throws ApiError `session.not_supported_for_forgot_password`, `session.identifier_not_found`,
     * `user.username_exists_in_profile`, `user.sign_in_method_not_enabled` where the sign-up asks for none,
     * `account_center.field_not_editable`, `user.username_already_in_use`, `guard.invalid_input`,
     * `request.sign_in_rate_limited`
     */
    async setUsername(access: FlowAccess, { username, client }: { username: string; client: Client }): Promise<string> {
      const { flow, user } = await open(access);
      if (user) await checkMayGet(user, 'username');
      else checkMayChooseUsername(await experience.read());
      checkUsername(username);
      await networks.charge('profile', client, { isKnown: user !== undefined });
      await checkIsFree(username);
      const { event, user_id } = flow;
      return flows.establish(access, { event, user_id }, { username });
    },

    /**
     * @returns the new key
     * @throws ApiError `session.not_supported_for_forgot_password`, `session.identifier_not_found`,
     * `user.password_exists_in_profile`, `account_center.field_not_editable`, `password.rejected`,
     * `request.sign_in_rate_limited`
     */
    async setPassword(access: FlowAccess, { password, client }: Typed): Promise<string> {
      const { flow, user } = await open(access);
      if (user) await checkMayGet(user, 'password');
      const { event, user_id } = flow;
      const digest = await networks.charging('profile', client, { isKnown: user !== undefined }, async () => {
        await checkPassword(password, user ?? (await ownerToBe(flow)));
        return users.digestPassword(password, user ? 'first' : 'in turn');
      });
      return flows.establish(access, { event, user_id }, { password_digest: digest });
    },

    /**
     * A number or an address that was proven in this flow. @param type what it has to be @returns the new key
     * @throws ApiError `session.not_supported_for_forgot_password`, `session.identifier_not_found`,
     * `session.verification_session_not_found`, `session.verification_failed`, `user.phone_exists_in_profile` and the like,
     * `user.sign_in_method_not_enabled` where the sign-up does not ask for it, `account_center.field_not_editable`,
     * `session.email_blocklist.*`, `user.phone_already_in_use` and the like
     */
    async setRecipient(access: FlowAccess, verificationId: string, type: CodeIdentifier): Promise<string> {
      const { flow, user } = await open(access);
      const { recipient } = await identification.requireCode(flow, verificationId);
      if (typeOf(recipient) !== type) throw new ApiError('session.verification_session_not_found');
      if (user) await checkMayGet(user, type);
      else checkMayUseCode(await experience.read(), 'Register', recipient);
      await identification.checkIsFree(recipient);
      const { event, user_id } = flow;
      const says = user ? {} : { verification_id: verificationId };
      return flows.establish(access, { event, user_id }, { ...says, [codeColumn[type]]: verificationId });
    },

    /**
     * The same where it is what second codes go to. @param method as Logto calls a code to it
     * @throws as `setRecipient`; ApiError `session.mfa.mfa_factor_not_enabled`
     */
    async setFactor(access: FlowAccess, verificationId: string, method: CodeMethod): Promise<string> {
      const { mfa } = await experience.read();
      const type = codeTypes(mfa).find((one) => codeMethods[one] === method);
      if (!type) throw new ApiError('session.mfa.mfa_factor_not_enabled');
      return this.setRecipient(access, verificationId, type);
    },

    /**
     * A username and a password that are to make an account, which is refused where the sign-up asks for no username when
     * it is to be made. @returns the id of the verification, and the new key
     * @throws ApiError `user.username_already_in_use`, `password.rejected`, `guard.invalid_input`,
     * `request.sign_in_rate_limited`
     */
    async chooseIdentity(
      access: FlowAccess,
      { username, password, client }: Typed & { username: string },
    ): Promise<{ id: string; key: string }> {
      const flow = await keys.load(access);
      checkUsername(username);
      const passwordDigest = await networks.charging('profile', client, { isKnown: false }, async () => {
        await checkPassword(password, { username });
        // Where no username is asked for, nobody learns which there are.
        if (signsUpByUsername(await experience.read())) await checkIsFree(username);
        return users.digestPassword(password, 'in turn');
      });
      const id = await verifications.ofNewIdentity(subjectOf(flow), { username, passwordDigest });
      return { id, key: await flows.establish(access, { event: flow.event }) };
    },

    /**
     * The password that replaces a forgotten one. @returns the new key
     * @throws ApiError `session.invalid_interaction_type`, `session.identifier_not_found`, `user.same_password`,
     * `password.rejected`, `request.sign_in_rate_limited`
     */
    async replacePassword(access: FlowAccess, { password, client }: Typed): Promise<string> {
      const { event, user_id } = await keys.load(access);
      if (event !== 'ForgotPassword') throw new ApiError('session.invalid_interaction_type');
      if (user_id === null) throw new ApiError('session.identifier_not_found');
      const password_digest = await networks.charging('profile', client, { isKnown: true }, async () => {
        await checkPassword(password, await users.get(user_id));
        if (await users.isPassword(user_id, password)) throw new ApiError('user.same_password');
        return users.digestPassword(password);
      });
      return flows.establish(access, { event, user_id }, { password_digest });
    },
  };
}
