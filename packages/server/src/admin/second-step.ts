import { readCode } from '@sesame/connector-kit';
import type { CompiledQuery } from 'kysely';
import { timeStepOf, totpDigits, totpGuesses } from '../accounts/totp.ts';
import { newId, type Platform } from '../platform.ts';
import { type Client, networkOf } from '../protection/client.ts';
import type { Devices } from '../protection/devices.ts';
import { purposes } from '../secrets/purposes.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import { insertingAuditLogEntry } from '../store/audit-log.ts';
import { chargeSignInAttempt, forgettingSignInAttempts } from '../store/sign-in-attempts.ts';
import type { Store } from '../store/store.ts';
import { findAuthenticator, takeCode } from '../store/two-step.ts';
import type { AuditLog } from './audit-log.ts';
import { digestRecoveryCode, readRecoveryCode } from './recovery-codes.ts';

/**
 * The second step was right, or none is asked for. `confirmedAt` is since when the administrator signs in with two, null
 * for one; `done` is what the statements gave that were to be done by it.
 */
type Passed = { outcome: 'passed'; confirmedAt: number | null; done: unknown[][] };

/** What came of the second step. */
export type SecondStepOutcome =
  | Passed
  /** Two steps are on, and no code was typed. */
  | { outcome: 'code-required' | 'wrong-code' }
  | { outcome: 'limited'; retryAfterSeconds: number };

type Kind = 'authenticator' | 'recovery-code';

export type SecondStep = ReturnType<typeof createSecondStep>;

/** Checks the second step of a sign-in, after the password was right. */
export function createSecondStep({
  store,
  platform,
  secretKeys,
  devices,
  auditLog,
}: {
  store: Store;
  platform: Platform;
  devices: Devices;
  secretKeys: Pick<SecretKeys, 'codes' | 'decrypt'>;
  auditLog: AuditLog;
}) {
  /**
   * Charges a guess. @param take takes a right code, and forgets the guesses before it in the same transaction
   * @returns what that gave
   */
  async function guess<T>(
    key: string,
    take: (checkId: string, forgetting: CompiledQuery<unknown>) => Promise<T | undefined>,
  ): Promise<{ right: T } | 'wrong' | { retryAfterSeconds: number }> {
    const { maxAttempts, windowMs } = totpGuesses;
    const id = newId(platform);
    const attempt = { id, now: platform.now(), windowMs, limits: [{ key, maxAttempts }] };
    const wait = await chargeSignInAttempt(store, attempt);
    if (wait > 0) return { retryAfterSeconds: Math.ceil(wait / 1000) };
    const right = await take(id, forgettingSignInAttempts(store, key));
    return right === undefined ? 'wrong' : { right };
  }

  /** What is taken of the second step where the code is of the app or looks like one of the other kind. */
  function takenBy(kind: Kind, { id, secret, code }: { id: string; secret: string; code: string }, checkId: string) {
    if (kind === 'recovery-code') {
      const digest = digestRecoveryCode(code, { key: secretKeys.codes, administratorId: id });
      return { administratorId: id, digest };
    }
    const timeStep = timeStepOf(code, secretKeys.decrypt(secret, purposes.authenticator(id)), platform.now());
    return timeStep === undefined ? undefined : { administratorId: id, timeStep, checkId };
  }

  return {
    guess,

    /**
     * The audit log has what failed: somebody knows the password, and it may not be the administrator.
     * @param typed.code six digits of the app, or a recovery code; either is taken once
     * @param doing the statements that are done by it, in the same transaction, so that no code is used up for nothing
     */
    async check(
      { id, username }: { id: string; username: string },
      typed: { code?: string | undefined; client: Client },
      doing: (confirmedAt: number | null) => CompiledQuery<unknown>[] = () => [],
    ): Promise<SecondStepOutcome> {
      const authenticator = await findAuthenticator(store, id);
      const confirmedAt = authenticator?.confirmed_at ?? null;
      if (!authenticator || confirmedAt === null) {
        return { outcome: 'passed', confirmedAt: null, done: await store.atomically(doing(null)) };
      }
      const { code: written = '' } = typed;
      if (written.trim() === '') return { outcome: 'code-required' };
      const recoveryCode = readRecoveryCode(written);
      const kind = recoveryCode === undefined ? 'authenticator' : 'recovery-code';
      const code = recoveryCode ?? readCode(written, totpDigits) ?? '';
      const { secret } = authenticator;
      const device = await devices.find(typed.client, { type: 'administrator', field: 'id', value: id });
      const counter = device === undefined ? 'strangers' : `device:${device}`;
      const actor = { type: 'administrator', id, name: username } as const;
      const subject = { type: 'administrator', id };
      const details = { network: networkOf(typed.client) };
      const guessed = await guess(`second-step:${kind}:${id}/${counter}`, async (checkId, forgetting) => {
        const taken = takenBy(kind, { id, secret, code }, checkId);
        const used = auditLog.entryOf(actor, { action: 'administrator.use-recovery-code', subject, details });
        const noted = [forgetting, ...(kind === 'recovery-code' ? [insertingAuditLogEntry(store, used)] : [])];
        const done = taken && (await takeCode(store, taken, [...noted, ...doing(confirmedAt)]));
        return done?.slice(noted.length);
      });
      if (guessed === 'wrong') {
        await auditLog.record(actor, { action: 'administrator.fail-second-step', subject, details });
        return { outcome: 'wrong-code' };
      }
      if (!('right' in guessed)) return { outcome: 'limited', ...guessed };
      return { outcome: 'passed', confirmedAt, done: guessed.right };
    },
  };
}
