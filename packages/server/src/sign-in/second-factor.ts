import { ApiError } from '../errors.ts';
import { type CodeIdentifier, codeMethods } from '../experience/methods.ts';
import { factorTypes, type Mfa } from '../experience/second-factors.ts';
import type { SignInExperienceStore } from '../experience/sign-in-experience.ts';
import type { Recipient } from '../messaging/recipient.ts';
import type { Client } from '../protection/client.ts';
import type { SignInFlowsTable } from '../store/tables/sign-ins.ts';
import type { Wording } from '../verification/verification.ts';
import type { FlowCheck } from './flow-check.ts';
import type { FlowAccess, FlowKeys } from './flow-keys.ts';
import { type FlowWriter, subjectOf } from './flow-writer.ts';
import { type CodeVerification, codeColumn, type Identification, type StillProven } from './identification.ts';
import { isOf, maskRecipient, recipientOf, typeOf, userField } from './user-recipients.ts';
import { type CodeAnswer, secondUsage, type Verification, type Verifications } from './verifications.ts';

type Deps = {
  experience: SignInExperienceStore;
  verifications: Verifications;
  keys: FlowKeys;
  flows: FlowWriter;
  identification: Identification;
  check: Pick<FlowCheck, 'require' | 'ofSend'>;
};

/** What a sign-in rests on when it is handed in: the code that came second, if one did, and since when all of it holds. */
type Settled = { secondId: string | null; provenAt: number };

/**
 * A code to a number or an address of the account, after what says who it is: see
 * docs/decisions/0051-what-is-a-second-factor.md.
 */
export function createSecondFactor({ experience, verifications, keys, flows, identification, check }: Deps) {
  /**
   * The second code that this sign-in has, or undefined where it needs none.
   * @throws ApiError `session.mfa.require_mfa_verification`; `user.sign_in_method_not_enabled` where what says who it is
   * has become a second factor meanwhile
   */
  async function requireVerified(flow: SignInFlowsTable, still: StillProven): Promise<CodeVerification | undefined> {
    const { mfa } = await experience.read();
    const own = ownFactors(mfa, still);
    if (flow.event !== 'SignIn' || own.length === 0) return undefined;
    if (still.recipient && own.includes(typeOf(still.recipient))) {
      throw new ApiError('user.sign_in_method_not_enabled');
    }
    const proofs = await verifications.list(subjectOf(flow));
    const proof = proofs.filter(isSecondCode).find((one) => own.includes(typeOf(one.recipient)) && holds(one, still));
    if (proof) return proof;
    throw new ApiError('session.mfa.require_mfa_verification', {
      availableFactors: own.map((type) => codeMethods[type]),
      maskedIdentifiers: Object.fromEntries(
        own.map((type) => [codeMethods[type], maskRecipient(still.user[userField[type]] ?? '')]),
      ),
    });
  }

  /**
   * Where a second code may go, in the order in which it is offered.
   * @throws ApiError `session.invalid_interaction_type`, `session.identifier_not_found`, `session.verification_failed`
   */
  async function recipients(access: FlowAccess): Promise<Recipient[]> {
    const flow = await keys.load(access);
    if (flow.event !== 'SignIn') throw new ApiError('session.invalid_interaction_type');
    if (flow.user_id === null) throw new ApiError('session.identifier_not_found');
    const still = await identification.requireStillProven(flow, flow.user_id);
    const { mfa } = await experience.read();
    return ownFactors(mfa, still).flatMap((type) => recipientOf(still.user, type) ?? []);
  }

  return {
    recipients,

    /**
     * Before it shows what an account has.
     * @throws as `requireVerified`; ApiError `session.verification_failed`
     */
    async requireBefore(flow: SignInFlowsTable, userId: string): Promise<void> {
      const { mfa } = await experience.read();
      if (mfa.factors.length > 0) await requireVerified(flow, await identification.requireStillProven(flow, userId));
    },

    /**
     * That everything is there which the policy asks for; what was just linked is as good as a second code to it.
     * @throws as `requireVerified`; ApiError `user.missing_mfa`
     */
    async require(flow: SignInFlowsTable, still: StillProven): Promise<Settled> {
      const proof = await requireVerified(flow, still);
      if (proof) return { secondId: proof.id, provenAt: Math.min(still.provenAt, proof.verifiedAt ?? 0) };
      const { mfa } = await experience.read();
      const types = factorTypes(mfa);
      const linked = types.map((type) => flow[codeColumn[type]]).find((id) => id !== null) ?? null;
      const isMissing = types.length > 0 && linked === null && ownFactors(mfa, still).length === 0;
      if (mfa.policy === 'Mandatory' && isMissing) {
        throw new ApiError('user.missing_mfa', { availableFactors: types.map((type) => codeMethods[type]) });
      }
      return { secondId: linked, provenAt: still.provenAt };
    },

    /** Whether the code that came second, where one did, still counts for the user. */
    async stillHolds(flow: SignInFlowsTable, still: StillProven): Promise<boolean> {
      if (flow.second_verification_id === null) return true;
      const proof = await verifications.find(subjectOf(flow), flow.second_verification_id);
      return proof?.type === 'code' && holds(proof, still);
    },

    /**
     * Sends a second code, to what the account has.
     * @throws as `recipients`; ApiError `session.captcha_required`, `session.mfa.mfa_factor_not_enabled`, `connector.*`, `request.message_rate_limited`
     */
    async sendCode(access: FlowAccess, { type, ...send }: { type: CodeIdentifier; wording: Wording; client: Client }) {
      // The sign-in asks for it at its end: no message goes out before.
      const flow = await keys.load(access);
      await check.require(flow);
      const recipient = (await recipients(access)).find((one) => typeOf(one) === type);
      if (!recipient) throw new ApiError('session.mfa.mfa_factor_not_enabled');
      const asked = { subject: subjectOf(access), usageType: secondUsage, isUntyped: true } as const;
      const ofSend = check.ofSend(flow, await experience.read());
      return verifications.sendCode({ ...send, ...asked, recipient, check: ofSend });
    },

    /**
     * Spends a try on a second code. @returns the new key
     * @throws ApiError `session.verification_session_not_found`, `verification_code.*`, `request.sign_in_rate_limited`
     */
    async answerCode(
      access: FlowAccess,
      { type, ...answer }: Omit<CodeAnswer, 'recipient'> & { type: CodeIdentifier },
    ): Promise<string> {
      const flow = await keys.load(access);
      const found = await verifications.find(subjectOf(flow), answer.id);
      if (!found || !isSecondCode(found) || typeOf(found.recipient) !== type) {
        throw new ApiError('session.verification_session_not_found');
      }
      await verifications.answerCode(subjectOf(flow), answer);
      return flows.establish(access, { event: flow.event });
    },
  };
}
export type SecondFactor = ReturnType<typeof createSecondFactor>;

/** Whether a code was asked for as a second one: it says of nobody who it is. */
export const isSecondCode = (one: Verification): one is CodeVerification & { usageType: typeof secondUsage } =>
  one.type === 'code' && one.usageType === secondUsage;

/** The factors of the policy that a user has something for, and wants. */
const ownFactors = (mfa: Mfa, { user, skipsSecondFactor }: Pick<StillProven, 'user' | 'skipsSecondFactor'>) =>
  mfa.policy !== 'Mandatory' && skipsSecondFactor ? [] : factorsOf(mfa, user);

/** The factors of the policy that a user has something for. */
export const factorsOf = (mfa: Mfa, user: StillProven['user']): CodeIdentifier[] =>
  factorTypes(mfa).filter((type) => user[userField[type]] !== null);

/** Whether a code is complete and fresh, went to what the user still has, and came after what ended all sign-ins. */
const holds = ({ verifiedAt, recipient }: CodeVerification, { user, validFrom }: StillProven): boolean =>
  verifiedAt !== undefined && verifiedAt >= validFrom && isOf(recipient, user);
