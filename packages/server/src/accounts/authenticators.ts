import { readCode } from '@sesame/connector-kit';
import type { CompiledQuery } from 'kysely';
import { ApiError } from '../errors.ts';
import { newId, type Platform } from '../platform.ts';
import { purposes } from '../secrets/purposes.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import {
  addingAuthenticator,
  endingAuthenticator,
  findAuthenticatorOf,
  isAuthenticator,
  takeTimeStep,
} from '../store/authenticators.ts';
import type { Store } from '../store/store.ts';
import type { AuthenticatorsTable } from '../store/tables/users.ts';
import type { Proven } from '../store/users.ts';
import { deleteAuthenticatorVerifications } from '../store/verifications.ts';
import type { FactorChanges } from './factor-changes.ts';
import type { Noticing } from './noticing.ts';
import { newTotpSecret, readTotpSecret, timeStepOf, totpDigits, totpUri } from './totp.ts';
import type { User } from './user-record.ts';

/** What is told of the authenticator app of a user. Times are milliseconds since the epoch. */
export type AuthenticatorState = { id: string; createdAt: number; lastUsedAt: number | null };

/** A secret to set an app up with: in base32, and as the URI of a QR code. */
export type ShownSecret = { secret: string; uri: string };

/** An app that is to be a user's: its secret, and the time step of the code that it has shown; 0 for none. */
export type NewAuthenticator = { id: string; secret: string; timeStep: number };

/** So many characters are in a QR code of what apps show in one line anyway: with more, cameras could not read it. */
const most = { issuer: 32, account: 64 } as const;
const shortened = (text: string, length: number) => [...text].slice(0, length).join('');

type Deps = {
  store: Store;
  platform: Platform;
  secretKeys: Pick<SecretKeys, 'encrypt' | 'decrypt'>;
  /** What apps call this server. */
  issuer: () => Promise<string>;
  changes: FactorChanges;
  notices: Noticing;
};

/**
 * The authenticator apps of users (TOTP, RFC 6238), one each. The secret is kept encrypted; each time step is good once.
 * Why they are made like this: docs/decisions/0063-authenticator-apps-of-users.md.
 */
export function createAuthenticators({ store, platform, secretKeys, issuer, changes, notices }: Deps) {
  const adding = (userId: string, app: NewAuthenticator): CompiledQuery<unknown>[] =>
    addingAuthenticator(store, rowOf(userId, app, { secretKeys, now: platform.now() }));

  async function find(userId: string): Promise<AuthenticatorState | undefined> {
    const row = await findAuthenticatorOf(store, userId);
    return row && { id: row.id, createdAt: row.created_at, lastUsedAt: row.last_used_at };
  }

  /** The time step whose code was typed; undefined for none. */
  const stepOf = (typed: string, secret: string): number | undefined =>
    timeStepOf(readCode(typed, totpDigits) ?? '', secret, platform.now());

  return {
    find,

    /** A secret, which counts for nobody before it is given to somebody. */
    newSecret: (): string => newTotpSecret(platform),

    /** A secret that waits to be given to somebody, as it is kept. @param id of what keeps it */
    sealed: (secret: string, id: string): string => secretKeys.encrypt(secret, purposes.newAuthenticator(id)),

    /** What `sealed` was given. */
    unsealed: (kept: string, id: string): string => secretKeys.decrypt(kept, purposes.newAuthenticator(id)),

    /** A secret as the app of a user reads it. */
    async shown(secret: string, { username, primaryEmail, primaryPhone, id }: User): Promise<ShownSecret> {
      const account = shortened(username ?? primaryEmail ?? primaryPhone ?? id, most.account);
      return { secret, uri: totpUri(secret, { issuer: shortened(await issuer(), most.issuer), account }) };
    },

    /**
     * The time step of a code of a new secret.
     * @throws ApiError `session.mfa.invalid_totp_code`
     */
    checkNew(typed: string, secret: string): number {
      const timeStep = stepOf(typed, secret);
      if (timeStep === undefined) throw new ApiError('session.mfa.invalid_totp_code');
      return timeStep;
    },

    /**
     * The statements that give a user an app, and undo their transaction where there is one already.
     * @param isNew whether the user has just been made, so that nobody is told of it
     */
    givingFirst: async (
      userId: string,
      app: NewAuthenticator,
      { isNew }: { isNew: boolean },
    ): Promise<CompiledQuery<unknown>[]> => [
      ...adding(userId, app),
      ...(isNew ? [] : await notices.of(userId, 'authenticator-added')),
    ],

    /**
     * Gives a user an app.
     * @param still.isFirst whether nobody may lose one by it; otherwise it takes the place of the one before
     * @throws ApiError `user.totp_already_in_use`, `verification_record.permission_denied`, `entity.not_found`
     */
    async set(
      userId: string,
      { id = newId(platform), ...app }: Omit<NewAuthenticator, 'id'> & { id?: string },
      { isFirst, ...proven }: Proven & { isFirst: boolean },
    ): Promise<void> {
      const replacing = isFirst ? [] : [endingAuthenticator(store, userId)];
      const voiding = deleteAuthenticatorVerifications(store, userId);
      const changing = [...replacing, voiding, ...adding(userId, { id, ...app })];
      if (await changes.change(userId, proven, { told: 'authenticator-added', changing })) return;
      if (isFirst && (await find(userId))) throw new ApiError('user.totp_already_in_use');
      await changes.refuse(userId);
    },

    /**
     * Takes the app of a user away, and voids what it has proven.
     * @param alongside statements for the same transaction, which hold of the user as it is then
     * @returns whether it was this one
     * @throws ApiError as `set`
     */
    async end(
      userId: string,
      id: string,
      { alongside, ...proven }: Proven & { alongside: readonly CompiledQuery<unknown>[] },
    ): Promise<boolean> {
      const still = { ...proven, holds: [isAuthenticator(userId, id)] };
      const ending = [endingAuthenticator(store, userId), deleteAuthenticatorVerifications(store, userId)];
      const changing = [...ending, ...alongside];
      if (await changes.change(userId, still, { told: 'authenticator-removed', changing })) return true;
      if ((await find(userId))?.id === id) await changes.refuse(userId);
      return false;
    },

    /**
     * Takes a code of the user's app, as it was typed, which counts once.
     * @param usedBy the verification that is made by it
     * @param doing the statements that rest on it, by the id of the app
     * @returns whether it was one
     */
    async use(
      userId: string,
      { typed, usedBy }: { typed: string; usedBy: string },
      doing: (authenticatorId: string) => readonly CompiledQuery<unknown>[],
    ): Promise<boolean> {
      const row = await findAuthenticatorOf(store, userId);
      if (!row) return false;
      const timeStep = stepOf(typed, secretKeys.decrypt(row.secret, purposes.userAuthenticator(userId)));
      if (timeStep === undefined) return false;
      const taken = { userId, id: row.id, timeStep, usedBy, now: platform.now() };
      return takeTimeStep(store, taken, doing(row.id));
    },
  };
}
export type Authenticators = ReturnType<typeof createAuthenticators>;

/** An app of a user, as it is kept. */
export const rowOf = (
  userId: string,
  { id, secret, timeStep }: NewAuthenticator,
  { secretKeys, now }: { secretKeys: Pick<SecretKeys, 'encrypt'>; now: number },
): AuthenticatorsTable => ({
  user_id: userId,
  id,
  secret: secretKeys.encrypt(secret, purposes.userAuthenticator(userId)),
  created_at: now,
  last_used_at: null,
  last_time_step: timeStep,
  used_by: null,
});

/** @throws ApiError `user.totp_secret_invalid` for what no authenticator app would take */
export function readGivenSecret(given: string): string {
  const secret = readTotpSecret(given);
  if (secret === undefined) throw new ApiError('user.totp_secret_invalid');
  return secret;
}
