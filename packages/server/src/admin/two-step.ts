import { readCode } from '@sesame/connector-kit';
import type { CompiledQuery } from 'kysely';
import { newTotpSecret, timeStepOf, totpDigits, totpUri } from '../accounts/totp.ts';
import { ApiError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import { purposes } from '../secrets/purposes.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import type { Store } from '../store/store.ts';
import {
  confirmAuthenticator,
  declineTwoStep,
  deletingAuthenticator,
  findAuthenticator,
  readTwoStep,
  renewingRecoveryCodes,
  replaceUnconfirmedAuthenticator,
} from '../store/two-step.ts';
import { digestRecoveryCode, newRecoveryCodes, readRecoveryCode } from './recovery-codes.ts';
import type { SecondStep, SecondStepOutcome } from './second-step.ts';
import { type AdministratorSessions, checkSession, type InSession, knownThere } from './sessions.ts';
import type { Refusal } from './sign-in-outcome.ts';

/** What somebody types to change their own two-step sign-in. */
export type Proof = InSession & { currentPassword: string };

/** What an administrator is told of their own two-step sign-in. Times are milliseconds since the epoch. */
export type TwoStepState = {
  /** `null` while it is off. */
  since: number | null;
  recoveryCodesLeft: number;
  /** Neither on nor turned down. */
  isOffered: boolean;
};

type Refused = Refusal | Exclude<SecondStepOutcome, { outcome: 'passed' }>;

/** Two-step sign-in, as administrators set it up for themselves. */
export function createTwoStep({
  store,
  platform,
  secretKeys,
  issuer,
  confirmPassword,
  secondStep,
}: {
  store: Store;
  platform: Platform;
  secretKeys: SecretKeys;
  /** What authenticator apps call this server. */
  issuer: string;
  confirmPassword: AdministratorSessions['confirmPassword'];
  secondStep: SecondStep;
}) {
  function newCodes(administratorId: string) {
    const recoveryCodes = newRecoveryCodes(platform);
    const digests = recoveryCodes.map((code) =>
      digestRecoveryCode(readRecoveryCode(code) ?? code, { key: secretKeys.codes, administratorId }),
    );
    return { recoveryCodes, digests };
  }

  /**
   * Password and code, both right; the code is taken in the transaction that does something by it.
   * @returns whether that was done
   * @throws ApiError `administrator.two_step_off`
   */
  async function prove(
    { code, ...proof }: Proof & { code: string },
    doing: (confirmedAt: number) => CompiledQuery<unknown>[],
  ): Promise<Refused | { isDone: boolean }> {
    const password = await confirmPassword(proof);
    if (password.outcome !== 'right') return password;
    const step = await secondStep.check(password.administrator, { code, client: knownThere(proof) }, (since) =>
      since === null ? [] : doing(since),
    );
    if (step.outcome !== 'passed') return step;
    if (step.confirmedAt === null) throw new ApiError('administrator.two_step_off');
    return { isDone: (step.done.at(-1)?.length ?? 0) > 0 };
  }

  return {
    async state(administratorId: string): Promise<TwoStepState> {
      const { since, declinedAt, recoveryCodesLeft } = await readTwoStep(store, administratorId);
      return { since, recoveryCodesLeft, isOffered: since === null && declinedAt === null };
    },

    /** Does not offer it again. */
    decline: (administratorId: string) => declineTwoStep(store, administratorId, platform.now()),

    /**
     * Makes a secret for an authenticator app. It does not count before `confirm`.
     * @returns the secret in base32, and as the URI of a QR code
     * @throws ApiError `administrator.two_step_already_on`
     */
    async begin(proof: Proof): Promise<Refused | { outcome: 'begun'; secret: string; uri: string }> {
      const password = await confirmPassword(proof);
      if (password.outcome !== 'right') return password;
      const { id, username } = password.administrator;
      const secret = newTotpSecret(platform);
      const row = {
        administrator_id: id,
        secret: secretKeys.encrypt(secret, purposes.authenticator(id)),
        created_at: platform.now(),
        confirmed_at: null,
        last_time_step: 0,
        last_check_id: '',
      };
      if (!(await replaceUnconfirmedAuthenticator(store, row, proof.sessionId))) {
        await checkSession(store, proof);
        throw new ApiError('administrator.two_step_already_on');
      }
      return { outcome: 'begun', secret, uri: totpUri(secret, { issuer, account: username }) };
    },

    /**
     * Turns two-step sign-in on with a code of the app, and ends the other sessions, which began with one step.
     * @throws ApiError `administrator.two_step_not_begun`, `administrator.two_step_already_on`
     */
    async confirm({
      administratorId,
      sessionId,
      code,
    }: {
      administratorId: string;
      sessionId: string;
      code: string;
    }): Promise<Refused | { outcome: 'on'; recoveryCodes: string[] }> {
      const authenticator = await findAuthenticator(store, administratorId);
      if (!authenticator) throw new ApiError('administrator.two_step_not_begun');
      if (authenticator.confirmed_at !== null) throw new ApiError('administrator.two_step_already_on');
      const { recoveryCodes, digests } = newCodes(administratorId);
      const guessed = await secondStep.guess(`second-step:confirm:${administratorId}`, async (checkId, forgetting) => {
        const now = platform.now();
        const secret = secretKeys.decrypt(authenticator.secret, purposes.authenticator(administratorId));
        const timeStep = timeStepOf(readCode(code, totpDigits) ?? '', secret, now);
        if (timeStep === undefined) return undefined;
        const taken = { administratorId, timeStep, checkId };
        const confirmed = { secret: authenticator.secret, digests, sessionId, now };
        const isConfirmed = await confirmAuthenticator(store, taken, confirmed, forgetting);
        if (!isConfirmed) await checkSession(store, { administratorId, sessionId });
        return isConfirmed || undefined;
      });
      if (guessed === 'wrong') return { outcome: 'wrong-code' };
      return 'right' in guessed ? { outcome: 'on', recoveryCodes } : { outcome: 'limited', ...guessed };
    },

    /** Turns it off, and ends the other sessions. @throws ApiError `administrator.two_step_off` */
    async turnOff(proof: Proof & { code: string }): Promise<Refused | { outcome: 'off' }> {
      const proved = await prove(proof, () => deletingAuthenticator(store, proof));
      if ('outcome' in proved) return proved;
      if (!proved.isDone) await checkSession(store, proof);
      return { outcome: 'off' };
    },

    /** Makes new recovery codes, in place of those that are left. @throws ApiError `administrator.two_step_off` */
    async renewRecoveryCodes(
      proof: Proof & { code: string },
    ): Promise<Refused | { outcome: 'renewed'; recoveryCodes: string[] }> {
      const { recoveryCodes, digests } = newCodes(proof.administratorId);
      const renewing = (confirmedAt: number) => renewingRecoveryCodes(store, proof, { confirmedAt, digests });
      const proved = await prove(proof, renewing);
      if ('outcome' in proved) return proved;
      if (!proved.isDone) {
        await checkSession(store, proof);
        throw new ApiError('administrator.two_step_off');
      }
      return { outcome: 'renewed', recoveryCodes };
    },
  };
}
