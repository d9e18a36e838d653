import type { Authenticators, ShownSecret } from '../accounts/authenticators.ts';
import type { User } from '../accounts/user-record.ts';
import { ApiError } from '../errors.ts';
import { type AccountCenterStore, controlOf } from '../experience/account-center.ts';
import { asksToSetUp, takesTotp } from '../experience/second-factors.ts';
import type { SignInExperienceStore } from '../experience/sign-in-experience.ts';
import type { Client } from '../protection/client.ts';
import type { SignInFlowsTable } from '../store/tables/sign-ins.ts';
import type { FlowAccess, FlowKeys } from './flow-keys.ts';
import { type FlowWriter, subjectOf } from './flow-writer.ts';
import type { Identification } from './identification.ts';
import type { NewAuthenticators } from './new-authenticators.ts';
import type { SecondFactor } from './second-factor.ts';
import type { SecondGuesses } from './second-guesses.ts';
import type { Verifications } from './verifications.ts';

type Deps = {
  experience: SignInExperienceStore;
  accountCenter: AccountCenterStore;
  verifications: Verifications;
  authenticators: Authenticators;
  newAuthenticators: NewAuthenticators;
  keys: FlowKeys;
  flows: FlowWriter;
  identification: Identification;
  second: SecondFactor;
  guess: SecondGuesses;
};

/** Authenticator apps in a sign-in or a sign-up: how people set one up at its end, and what the app shows comes second. */
export function createFlowAuthenticators(deps: Deps) {
  const { experience, accountCenter, verifications, authenticators, newAuthenticators } = deps;
  const { keys, flows, identification, second, guess } = deps;

  /** Whether somebody who signs in may set an app up: where the policy asks for a factor, and where users may anyway. */
  async function checkMayAdd(): Promise<void> {
    const [{ mfa }, center] = await Promise.all([experience.read(), accountCenter.read()]);
    if (!takesTotp(mfa)) throw new ApiError('session.mfa.mfa_factor_not_enabled');
    if (asksToSetUp(mfa) || controlOf(center, 'mfa') === 'Edit') return;
    throw new ApiError('account_center.field_not_editable', { field: 'mfa' });
  }

  /**
   * Whose sign-in or sign-up it is, where an app may be set up.
   * @throws ApiError `session.invalid_interaction_type`, `session.identifier_not_found`, `session.verification_failed`,
   * `session.mfa.require_mfa_verification`, `session.mfa.mfa_factor_not_enabled`, `account_center.field_not_editable`,
   * `user.totp_already_in_use`
   */
  async function openForNew(access: FlowAccess): Promise<{ flow: SignInFlowsTable; user: User }> {
    const flow = await keys.load(access);
    if (flow.event === 'ForgotPassword') throw new ApiError('session.invalid_interaction_type');
    if (flow.user_id === null) throw new ApiError('session.identifier_not_found');
    await second.requireBefore(flow, flow.user_id);
    await checkMayAdd();
    const { user } = await identification.requireStillProven(flow, flow.user_id);
    if (await authenticators.find(user.id)) throw new ApiError('user.totp_already_in_use');
    return { flow, user };
  }

  return {
    /**
     * Makes a secret, which counts once a code of it was right, it was added, and the flow is submitted.
     * @throws as `openForNew`
     */
    async generate(access: FlowAccess): Promise<{ id: string } & ShownSecret> {
      const { flow, user } = await openForNew(access);
      return newAuthenticators.make(subjectOf(flow), user);
    },

    /** The secret that is being set up, or a new one. @throws as `openForNew` */
    async show(access: FlowAccess): Promise<{ id: string } & ShownSecret> {
      const { flow, user } = await openForNew(access);
      return newAuthenticators.show(subjectOf(flow), user);
    },

    /**
     * Takes the first code of an app that is being set up. @returns the new key
     * @throws as `openForNew`; ApiError `session.verification_session_not_found`, `session.mfa.invalid_totp_code`
     */
    async confirm(access: FlowAccess, { id, code }: { id: string; code: string }): Promise<string> {
      const { flow, user } = await openForNew(access);
      if (!(await newAuthenticators.confirm(subjectOf(flow), user.id, { id, code }))) {
        throw new ApiError('session.verification_session_not_found');
      }
      return flows.establish(access, { event: flow.event, user_id: user.id });
    },

    /**
     * Gives the account the app whose first code was right, once the flow is submitted. @returns the new key
     * @throws as `openForNew`; ApiError `session.verification_session_not_found`, `session.verification_failed`
     */
    async keep(access: FlowAccess, id: string): Promise<string> {
      const { flow, user } = await openForNew(access);
      const found = await verifications.find(subjectOf(flow), id);
      if (found?.type !== 'new-totp' || found.userId !== user.id) {
        throw new ApiError('session.verification_session_not_found');
      }
      if (found.verifiedAt === undefined) throw new ApiError('session.verification_failed');
      return flows.establish(access, { event: flow.event, user_id: user.id }, { authenticator_verification_id: id });
    },

    /**
     * Takes a code of the app of the account, which comes second. @returns the id of the verification, and the new key
     * @throws as `second.open`; ApiError `session.mfa.mfa_factor_not_enabled`, `session.mfa.invalid_totp_code`,
     * `session.verification_blocked_too_many_attempts`, `request.sign_in_rate_limited`
     */
    async verify(
      access: FlowAccess,
      { code: typed, client }: { code: string; client: Client },
    ): Promise<{ id: string; key: string }> {
      const { flow, still } = await second.open(access);
      if (!(await second.own(still)).includes('totp')) throw new ApiError('session.mfa.mfa_factor_not_enabled');
      const userId = still.user.id;
      const proof = verifications.ofSecondFactor(subjectOf(flow), userId);
      const isRight = await guess({ factor: 'totp', userId, client }, (forgetting) =>
        authenticators.use(userId, { typed, usedBy: proof.id }, (authenticator_id) => [
          verifications.inserting({ ...proof, authenticator_id }),
          forgetting,
        ]),
      );
      if (!isRight) throw new ApiError('session.mfa.invalid_totp_code');
      return { id: proof.id, key: await flows.establish(access, { event: flow.event, user_id: userId }) };
    },
  };
}
