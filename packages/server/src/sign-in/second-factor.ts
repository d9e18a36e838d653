import type { SecondMeans, SignInMethods } from '../accounts/authentication-methods.ts';
import type { BackupCodes } from '../accounts/backup-codes.ts';
import type { TrustedDevice } from '../accounts/trusted-devices.ts';
import type { Users } from '../accounts/users.ts';
import { ApiError } from '../errors.ts';
import type { CodeIdentifier } from '../experience/methods.ts';
import {
  asksToSetUp,
  backupCode,
  type FactorType,
  factorOf,
  factorTypes,
  isMandatory,
  takesBackupCodes,
} from '../experience/second-factors.ts';
import type { SignInExperienceStore } from '../experience/sign-in-experience.ts';
import type { Recipient } from '../messaging/recipient.ts';
import type { Client } from '../protection/client.ts';
import type { SignInFlowsTable } from '../store/tables/sign-ins.ts';
import type { Wording } from '../verification/requests.ts';
import type { FlowCheck } from './flow-check.ts';
import type { FlowAccess, FlowKeys } from './flow-keys.ts';
import { type FlowWriter, subjectOf } from './flow-writer.ts';
import {
  addedColumn,
  type CodeVerification,
  type Identification,
  isPlain,
  type StillProven,
} from './identification.ts';
import type { OwnFactors } from './own-factors.ts';
import type { TrustedBrowsers } from './trusted-browsers.ts';
import { isPrimaryOf, maskRecipient, recipientOf, typeOf, userField } from './user-recipients.ts';
import { secondUsage, type Verification } from './verification-row.ts';
import type { CodeAnswer, Verifications } from './verifications.ts';

type Deps = {
  experience: SignInExperienceStore;
  verifications: Verifications;
  users: Users;
  keys: FlowKeys;
  flows: FlowWriter;
  identification: Identification;
  backupCodes: BackupCodes;
  ownFactors: OwnFactors;
  browsers: TrustedBrowsers;
  check: Pick<FlowCheck, 'require' | 'ofSend'>;
};

/** A code that was sent or that an app has shown, or a backup code in its stead, that came second. */
type SecondProof = CodeVerification | Extract<Verification, { type: 'totp' | 'backup-code' }>;

/**
 * What a sign-in rests on when it is handed in: what came second, if something did, whether that was a backup code, since
 * when all of it holds, and whether backup codes would stand in for anything afterwards.
 */
type Settled = {
  secondId: string | null;
  isByBackupCode: boolean;
  provenAt: number;
  mayHaveBackupCodes: boolean;
  /** The browser that was trusted before, instead of a code. */
  trusted: TrustedDevice | undefined;
  /** What came second, where the browser is to be trusted by it from now on. */
  trusts: FactorType | undefined;
};

/**
 * A code to a number or an address of the account, or of its authenticator app, after what says who it is: see
 * docs/decisions/0051-what-is-a-second-factor.md.
 */
export function createSecondFactor(deps: Deps) {
  const { experience, verifications, users, keys, flows, identification, backupCodes, ownFactors, browsers, check } =
    deps;

  /** What may come second in a sign-in, in the order in which it is offered. */
  const own = async (still: StillProven): Promise<FactorType[]> =>
    ownFactors.wanted((await experience.read()).mfa, still);

  /**
   * The second code that this sign-in has, or undefined where it needs none.
   * @throws ApiError `session.mfa.require_mfa_verification`; `user.sign_in_method_not_enabled` where what says who it is
   * has become a second factor meanwhile
   */
  async function requireVerified(flow: SignInFlowsTable, still: StillProven): Promise<SecondProof | undefined> {
    const { mfa } = await experience.read();
    const types = flow.event === 'SignIn' ? await own(still) : [];
    if (types.length === 0) return undefined;
    if (still.recipient && types.includes(typeOf(still.recipient))) {
      throw new ApiError('user.sign_in_method_not_enabled');
    }
    const isOfPolicy = (one: SecondProof) =>
      one.type === 'backup-code'
        ? takesBackupCodes(mfa)
        : types.includes(one.type === 'totp' ? 'totp' : typeOf(one.recipient));
    const proofs = await verifications.list(subjectOf(flow));
    const proof = proofs.filter(isSecond).find((one) => isOfPolicy(one) && holds(one, still));
    if (proof) return proof;
    const hasBackupCodes = takesBackupCodes(mfa) && (await backupCodes.left(still.user.id)) > 0;
    const masked = types.flatMap((type) =>
      type === 'totp' ? [] : [[factorOf[type], maskRecipient(still.user[userField[type]] ?? '')]],
    );
    throw new ApiError('session.mfa.require_mfa_verification', {
      availableFactors: [...types.map((type) => factorOf[type]), ...(hasBackupCodes ? [backupCode] : [])],
      maskedIdentifiers: Object.fromEntries(masked),
    });
  }

  /**
   * Who signs in, where a second step may come after that.
   * @throws ApiError `session.invalid_interaction_type`, `session.identifier_not_found`, `session.verification_failed`
   */
  async function open(access: FlowAccess): Promise<{ flow: SignInFlowsTable; still: StillProven }> {
    const flow = await keys.load(access);
    if (flow.event !== 'SignIn') throw new ApiError('session.invalid_interaction_type');
    if (flow.user_id === null) throw new ApiError('session.identifier_not_found');
    return { flow, still: await identification.requireStillProven(flow, flow.user_id) };
  }

  /** Where a second code may go, in the order in which it is offered. @throws as `open` */
  async function recipients(access: FlowAccess): Promise<Recipient[]> {
    const { still } = await open(access);
    return (await own(still)).flatMap((type) => (type === 'totp' ? [] : (recipientOf(still.user, type) ?? [])));
  }

  return {
    open,
    own,
    requireVerified,
    recipients,

    /** What may come second, in the order in which it is offered. @throws as `open` */
    factors: async (access: FlowAccess): Promise<FactorType[]> => own((await open(access)).still),

    /**
     * Before it shows what an account has.
     * @throws as `requireVerified`; ApiError `session.verification_failed`
     */
    async requireBefore(flow: SignInFlowsTable, userId: string): Promise<void> {
      const { mfa } = await experience.read();
      if (mfa.factors.length > 0) await requireVerified(flow, await identification.requireStillProven(flow, userId));
    },

    /**
     * That everything is there which the policy asks for; what was just added is as good as a second code of it.
     * @param client the browser, which may be trusted; undefined where a code is asked for whether or not it is
     * @throws as `requireVerified`; ApiError `user.missing_mfa`, `session.mfa.backup_code_required`,
     * `session.verification_failed` where a session says who it is and nothing comes second, or the account would get something by that
     */
    async require(flow: SignInFlowsTable, still: StillProven, client: Client | undefined): Promise<Settled> {
      const trusted = await browsers.find(flow, still, client);
      const proof = trusted ? undefined : await requireVerified(flow, still);
      if (still.method === 'session' && !(proof && isPlain(flow))) throw new ApiError('session.verification_failed');
      const { mfa } = await experience.read();
      const types = factorTypes(mfa);
      const added = types.map((type) => flow[addedColumn[type]]).find((id) => id !== null) ?? null;
      const hasFactor = added !== null || (await own(still)).length > 0;
      // Whoever is signed in already gives a second factor alone.
      if (asksToSetUp(mfa, flow.event) && types.length > 0 && still.method !== 'session') {
        const isForced = isMandatory(mfa);
        const mayDoWithout = !isForced && (still.declinedSecondFactor || still.skipsSecondFactor);
        if (!proof && !trusted && !hasFactor && !mayDoWithout) {
          const availableFactors = types.map((type) => factorOf[type]);
          throw new ApiError('user.missing_mfa', { availableFactors, ...(!isForced && { skippable: true }) });
        }
        const isKept = !takesBackupCodes(mfa) || flow.backup_codes_id !== null;
        // Whoever may do without is asked once, with the first factor.
        if ((isForced || added !== null) && !isKept && (await backupCodes.left(still.user.id)) === 0) {
          throw new ApiError('session.mfa.backup_code_required');
        }
      }
      const provenAt = Math.min(still.provenAt, proof?.verifiedAt ?? still.provenAt);
      return {
        secondId: trusted?.id ?? proof?.id ?? added,
        isByBackupCode: proof?.type === 'backup-code',
        provenAt,
        mayHaveBackupCodes: takesBackupCodes(mfa) && hasFactor,
        trusted,
        trusts: flow.trusts_device === 1 ? proof && factorOfProof(proof) : undefined,
      };
    },

    /**
     * Keeps that whoever signs in or up does not want a second factor, and is not to be asked again.
     * @throws ApiError `session.invalid_interaction_type`, `session.identifier_not_found`, `session.verification_failed`,
     * `session.mfa.mfa_policy_not_user_controlled`, `session.mfa.require_mfa_verification`
     */
    async decline(access: FlowAccess): Promise<void> {
      const flow = await keys.load(access);
      if (flow.event === 'ForgotPassword') throw new ApiError('session.invalid_interaction_type');
      if (flow.user_id === null) throw new ApiError('session.identifier_not_found');
      const still = await identification.requireStillProven(flow, flow.user_id);
      if (isMandatory((await experience.read()).mfa)) throw new ApiError('session.mfa.mfa_policy_not_user_controlled');
      await requireVerified(flow, still);
      await users.setDeclinedSecondFactor(flow.user_id, true);
    },

    /** What came second, if something did; undefined where that no longer counts for the user. */
    async restingOn(flow: SignInFlowsTable, still: StillProven): Promise<Pick<SignInMethods, 'second'> | undefined> {
      const id = flow.second_verification_id;
      if (id === null) return { second: undefined };
      const proof = await verifications.find(subjectOf(flow), id);
      if (proof) return holds(proof, still) ? { second: meansOf(proof) } : undefined;
      // A browser that was trusted before proves nothing now.
      return (await browsers.holds(still, id)) ? { second: undefined } : undefined;
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
      const givingBack = await verifications.answerCode(subjectOf(flow), answer);
      return flows.establish(access, { event: flow.event }, {}, givingBack);
    },
  };
}
export type SecondFactor = ReturnType<typeof createSecondFactor>;

/** What something is that came second. */
function meansOf(proof: Verification): SecondMeans {
  if (proof.type === 'code') return typeOf(proof.recipient);
  return proof.type === 'backup-code' ? proof.type : 'totp';
}

/** What a browser may be trusted by; a backup code is for when the phone is out of reach, and nothing to go by for days. */
export function factorOfProof(proof: SecondProof): FactorType | undefined {
  if (proof.type === 'backup-code') return undefined;
  return proof.type === 'totp' ? 'totp' : typeOf(proof.recipient);
}

/** Whether a code was asked for as a second one: it says of nobody who it is. */
export const isSecondCode = (one: Verification): one is CodeVerification & { usageType: typeof secondUsage } =>
  one.type === 'code' && one.usageType === secondUsage;

const isSecond = (one: Verification): one is SecondProof =>
  one.type === 'totp' || one.type === 'backup-code' || isSecondCode(one);

/**
 * Whether what was proven is complete and fresh, came after what ended all sign-ins, and is the user's: a code that went
 * to what the user still has, one of the user's app, or one of the user's backup codes. What another app, or codes
 * before, have proven is forgotten with them.
 */
function holds(one: Verification, { user, validFrom }: StillProven): boolean {
  const isTheirs = one.type === 'code' ? isPrimaryOf(one.recipient, user) : isSecond(one) && one.userId === user.id;
  return isTheirs && one.verifiedAt !== undefined && one.verifiedAt >= validFrom;
}
