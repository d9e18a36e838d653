import { readCode } from '@sesame/connector-kit';
import { newId, type Platform } from '../platform.ts';
import { type Client, networkOf } from '../protection/client.ts';
import type { Devices } from '../protection/devices.ts';
import { purposes } from '../secrets/purposes.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import { chargeSignInAttempt, clearSignInAttempts } from '../store/sign-in-attempts.ts';
import type { Store } from '../store/store.ts';
import { findAuthenticator, takeRecoveryCode, takeTimeStep } from '../store/two-step.ts';
import type { AuditLog } from './audit-log.ts';
import { digestRecoveryCode, readRecoveryCode } from './recovery-codes.ts';
import { timeStepOf, totpDigits } from './totp.ts';

/** What came of the second step; `confirmedAt` is since when the administrator signs in with two, null for one. */
export type SecondStepOutcome =
  | { outcome: 'passed'; confirmedAt: number | null }
  /** Two steps are on, and no code was typed. */
  | { outcome: 'code-required' | 'wrong-code' }
  | { outcome: 'limited'; retryAfterSeconds: number };

/**
 * Wrong codes of each kind, of people whom the server does not know and of each browser that it knows: who has got hold
 * of a password does not keep its owner out. With the password alone, somebody who guesses all day long finds a code of
 * the app once in 22 years.
 */
const limit = { maxAttempts: 10, windowMs: 6 * 60 * 60_000 };

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
  /** Charges a guess, and forgets the guesses once one was right. */
  async function guess(
    key: string,
    isRight: (checkId: string) => Promise<boolean>,
  ): Promise<'right' | 'wrong' | { retryAfterSeconds: number }> {
    const { maxAttempts, windowMs } = limit;
    const id = newId(platform);
    const attempt = { id, now: platform.now(), windowMs, limits: [{ key, maxAttempts }] };
    const wait = await chargeSignInAttempt(store, attempt);
    if (wait > 0) return { retryAfterSeconds: Math.ceil(wait / 1000) };
    if (!(await isRight(id))) return 'wrong';
    await clearSignInAttempts(store, key);
    return 'right';
  }

  async function take(kind: Kind, { id, secret, code }: { id: string; secret: string; code: string }, checkId: string) {
    if (kind === 'recovery-code') {
      return takeRecoveryCode(store, id, digestRecoveryCode(code, { key: secretKeys.codes, administratorId: id }));
    }
    const timeStep = timeStepOf(code, secretKeys.decrypt(secret, purposes.authenticator(id)), platform.now());
    return timeStep !== undefined && takeTimeStep(store, { administratorId: id, timeStep, checkId });
  }

  return {
    guess,

    /**
     * The audit log has what failed: somebody knows the password, and it may not be the administrator.
     * @param typed.code six digits of the app, or a recovery code; either is taken once
     */
    async check(
      { id, username }: { id: string; username: string },
      typed: { code?: string | undefined; client: Client },
    ): Promise<SecondStepOutcome> {
      const authenticator = await findAuthenticator(store, id);
      const confirmedAt = authenticator?.confirmed_at ?? null;
      if (!authenticator || confirmedAt === null) return { outcome: 'passed', confirmedAt: null };
      const { code: written = '' } = typed;
      if (written.trim() === '') return { outcome: 'code-required' };
      const recoveryCode = readRecoveryCode(written);
      const kind = recoveryCode === undefined ? 'authenticator' : 'recovery-code';
      const code = recoveryCode ?? readCode(written, totpDigits) ?? '';
      const { secret } = authenticator;
      const device = await devices.find(typed.client, { type: 'administrator', field: 'id', value: id });
      const counter = device === undefined ? 'strangers' : `device:${device}`;
      const guessed = await guess(`second-step:${kind}:${id}/${counter}`, (checkId) =>
        take(kind, { id, secret, code }, checkId),
      );
      if (typeof guessed === 'object') return { outcome: 'limited', ...guessed };
      const isRight = guessed === 'right';
      if (!isRight || kind === 'recovery-code') {
        await auditLog.record(
          { type: 'administrator', id, name: username },
          {
            action: isRight ? 'administrator.use-recovery-code' : 'administrator.fail-second-step',
            subject: { type: 'administrator', id },
            details: { network: networkOf(typed.client) },
          },
        );
      }
      return isRight ? { outcome: 'passed', confirmedAt } : { outcome: 'wrong-code' };
    },
  };
}
