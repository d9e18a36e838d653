import type { BackupCodes } from '../accounts/backup-codes.ts';
import { ApiError } from '../errors.ts';
import { factorTypes, takesBackupCodes } from '../experience/second-factors.ts';
import type { SignInExperienceStore } from '../experience/sign-in-experience.ts';
import { newId, type Platform } from '../platform.ts';
import type { Client } from '../protection/client.ts';
import type { Devices } from '../protection/devices.ts';
import { chargeSignInAttempt, forgettingSignInAttempts } from '../store/sign-in-attempts.ts';
import type { Store } from '../store/store.ts';
import type { SignInFlowsTable } from '../store/tables/sign-ins.ts';
import type { FlowAccess, FlowKeys } from './flow-keys.ts';
import { type FlowWriter, subjectOf } from './flow-writer.ts';
import { codeColumn, type Identification } from './identification.ts';
import { type NetworkLimits, networkWindowMs } from './network-limits.ts';
import { ownFactors, type SecondFactor } from './second-factor.ts';
import type { Verifications } from './verifications.ts';

/**
 * Wrong codes for one account in a window, of people whom the server does not know and of each browser that it knows:
 * who has got hold of a password does not keep its owner out.
 */
export const maxWrongBackupCodes = 10;

type Deps = {
  store: Store;
  platform: Platform;
  experience: SignInExperienceStore;
  verifications: Verifications;
  networks: NetworkLimits;
  devices: Devices;
  backupCodes: BackupCodes;
  keys: FlowKeys;
  flows: FlowWriter;
  identification: Identification;
  second: SecondFactor;
};

/** Backup codes in a sign-in or a sign-up: how people get them at its end, and use one in place of a second code. */
export function createFlowBackupCodes(deps: Deps) {
  const { store, platform, experience, verifications, networks, devices, backupCodes } = deps;
  const { keys, flows, identification, second } = deps;

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
    const isLinked = factorTypes(mfa).some((type) => flow[codeColumn[type]] !== null);
    if (!isLinked && ownFactors(mfa, still).length === 0) {
      throw new ApiError('session.mfa.backup_code_can_not_be_alone');
    }
    if ((await backupCodes.left(flow.user_id)) > 0) throw new ApiError('user.backup_code_already_in_use');
    return { flow, userId: flow.user_id };
  }

  /** @throws ApiError `session.mfa.invalid_backup_code`, `session.verification_blocked_too_many_attempts`, `request.sign_in_rate_limited` */
  async function use(subject: string, userId: string, { code, client }: { code: string; client: Client }) {
    const device = await devices.find(client, { type: 'user', field: 'id', value: userId });
    // Who is known there has a counter of its own; its network may be shared with strangers.
    if (device === undefined) await networks.charge('code', client);
    const key = `backup-code:${userId}/${device === undefined ? 'strangers' : `device:${device}`}`;
    const limits = [{ key, maxAttempts: maxWrongBackupCodes }];
    const attempt = { id: newId(platform), now: platform.now(), windowMs: networkWindowMs, limits };
    const wait = await chargeSignInAttempt(store, attempt);
    if (wait > 0) {
      const retryAfterSeconds = Math.ceil(wait / 1000);
      throw new ApiError('session.verification_blocked_too_many_attempts', { retryAfterSeconds });
    }
    const proof = verifications.ofBackupCode(subject, userId);
    const doing = [verifications.inserting(proof), forgettingSignInAttempts(store, key)];
    if (!(await backupCodes.use(userId, { typed: code, usedBy: proof.id }, doing))) {
      throw new ApiError('session.mfa.invalid_backup_code');
    }
    if (device === undefined) await networks.giveBack('code', client);
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
      const { mfa } = await experience.read();
      if (!takesBackupCodes(mfa) || ownFactors(mfa, still).length === 0) {
        throw new ApiError('session.mfa.mfa_factor_not_enabled');
      }
      const { user } = still;
      const id = await use(subjectOf(flow), user.id, typed);
      return { id, key: await flows.establish(access, { event: flow.event, user_id: user.id }) };
    },
  };
}
