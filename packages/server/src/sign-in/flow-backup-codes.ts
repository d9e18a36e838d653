import type { BackupCodes } from '../accounts/backup-codes.ts';
import { ApiError } from '../errors.ts';
import { factorTypes, takesBackupCodes } from '../experience/second-factors.ts';
import type { SignInExperienceStore } from '../experience/sign-in-experience.ts';
import type { Client } from '../protection/client.ts';
import type { SignInFlowsTable } from '../store/tables/sign-ins.ts';
import type { FlowAccess, FlowKeys } from './flow-keys.ts';
import { type FlowWriter, subjectOf } from './flow-writer.ts';
import { addedColumn, type Identification } from './identification.ts';
import type { SecondFactor } from './second-factor.ts';
import type { SecondGuesses } from './second-guesses.ts';
import type { Verifications } from './verifications.ts';

type Deps = {
  experience: SignInExperienceStore;
  verifications: Verifications;
  backupCodes: BackupCodes;
  keys: FlowKeys;
  flows: FlowWriter;
  identification: Identification;
  second: SecondFactor;
  guess: SecondGuesses;
};

/** Backup codes in a sign-in or a sign-up: how people get them at its end, and use one in place of a second code. */
export function createFlowBackupCodes(deps: Deps) {
  const { experience, verifications, backupCodes, keys, flows, identification, second, guess } = deps;

  /**
   * Whose sign-in or sign-up it is, where codes may be given. Whoever has some that are unused keeps them: another sign-in
   * at the same time may have shown them.
   * @throws ApiError `session.invalid_interaction_type`, `session.identifier_not_found`, `session.verification_failed`,
   * `session.mfa.require_mfa_verification`, `session.mfa.mfa_factor_not_enabled`,
   * `session.mfa.backup_code_can_not_be_alone`, `user.backup_code_already_in_use`
   */
  async function openForNew(access: FlowAccess): Promise<{ flow: SignInFlowsTable; userId: string }> {
    const flow = await keys.load(access);
    if (flow.event === 'ForgotPassword') throw new ApiError('session.invalid_interaction_type');
    if (flow.user_id === null) throw new ApiError('session.identifier_not_found');
    await second.requireBefore(flow, flow.user_id);
    const { mfa } = await experience.read();
    if (!takesBackupCodes(mfa)) throw new ApiError('session.mfa.mfa_factor_not_enabled');
    const still = await identification.requireStillProven(flow, flow.user_id);
    const isAdded = factorTypes(mfa).some((type) => flow[addedColumn[type]] !== null);
    if (!isAdded && (await second.own(still)).length === 0) {
      throw new ApiError('session.mfa.backup_code_can_not_be_alone');
    }
    if ((await backupCodes.left(flow.user_id)) > 0) throw new ApiError('user.backup_code_already_in_use');
    return { flow, userId: flow.user_id };
  }

  /** @throws ApiError `session.mfa.invalid_backup_code`, `session.verification_blocked_too_many_attempts`, `request.sign_in_rate_limited` */
  async function use(subject: string, userId: string, { code, client }: { code: string; client: Client }) {
    const proof = verifications.ofSecondFactor(subject, userId);
    const isRight = await guess({ factor: 'backup-code', userId, client }, (forgetting) =>
      backupCodes.use(userId, { typed: code, usedBy: proof.id }, [verifications.inserting(proof), forgetting]),
    );
    if (!isRight) throw new ApiError('session.mfa.invalid_backup_code');
    return proof.id;
  }

  return {
    /**
     * Makes codes, which are the user's once they were kept and the flow is submitted.
     * @throws as `openForNew`
     */
    async generate(access: FlowAccess): Promise<{ id: string; codes: string[] }> {
      const { flow, userId } = await openForNew(access);
      const codes = backupCodes.generate();
      const digests = backupCodes.digestsOf(codes, userId);
      return { id: await verifications.ofNewBackupCodes(subjectOf(flow), userId, digests), codes };
    },

    /**
     * The user has kept the codes that were shown, and gets them when the flow is submitted. @returns the new key
     * @throws as `openForNew`; ApiError `session.verification_session_not_found`
     */
    async keep(access: FlowAccess, verificationId: string): Promise<string> {
      const { flow, userId } = await openForNew(access);
      if (!(await verifications.backupCodesOf(subjectOf(flow), userId, verificationId))) {
        throw new ApiError('session.verification_session_not_found');
      }
      const seen = { event: flow.event, user_id: userId };
      return flows.establish(access, seen, { backup_codes_id: verificationId });
    },

    /** How many codes may be used in this sign-in. @throws as `second.open` */
    async left(access: FlowAccess): Promise<number> {
      const { still } = await second.open(access);
      return takesBackupCodes((await experience.read()).mfa) ? backupCodes.left(still.user.id) : 0;
    },

    /**
     * Uses a code up in place of a second code. @returns the id of the verification, and the new key
     * @throws as `second.open`; ApiError `session.mfa.mfa_factor_not_enabled`, `session.mfa.invalid_backup_code`,
     * `session.verification_blocked_too_many_attempts`, `request.sign_in_rate_limited`
     */
    async verify(access: FlowAccess, typed: { code: string; client: Client }): Promise<{ id: string; key: string }> {
      const { flow, still } = await second.open(access);
      if (!takesBackupCodes((await experience.read()).mfa) || (await second.own(still)).length === 0) {
        throw new ApiError('session.mfa.mfa_factor_not_enabled');
      }
      const { user } = still;
      const id = await use(subjectOf(flow), user.id, typed);
      return { id, key: await flows.establish(access, { event: flow.event, user_id: user.id }) };
    },
  };
}
