import { createPasswordAttempts } from '../accounts/password-attempts.ts';
import { checkNewPassword } from '../accounts/password-rules/new-password.ts';
import type { Passwords } from '../accounts/passwords.ts';
import { ApiError } from '../errors.ts';
import { defaultPasswordPolicy } from '../password-policy.ts';
import type { Platform } from '../platform.ts';
import { type Client, networkOf } from '../protection/client.ts';
import { type Devices, signedIn } from '../protection/devices.ts';
import { type Asking, isSessionOpen } from '../store/administrator-lock.ts';
import {
  deleteAdministratorSession,
  deleteOtherAdministratorSessions,
  findAdministrator,
  findAdministratorSession,
  insertingAdministratorSession,
  listAdministratorSessions,
  replaceAdministratorPassword,
} from '../store/administrators.ts';
import type { Store } from '../store/store.ts';
import type { AdministratorSessionsTable, AdministratorsTable } from '../store/tables/administrators.ts';
import type { Administrator } from './administrator.ts';
import type { AuditLog } from './audit-log.ts';
import type { SecondStep } from './second-step.ts';
import type { Refusal, SignInOutcome } from './sign-in-outcome.ts';
import { digestToken, newToken } from './tokens.ts';

/** A session of the Console; the id is the digest of its token. Times are milliseconds since the epoch. */
export type AdministratorSession = { id: string; createdAt: number; expiresAt: number };

/** What somebody signs in with, by the names that people know; empty where they are not known. */
export type UsedBrowser = { browser: string; system: string };

export type AdministratorSessions = ReturnType<typeof createAdministratorSessions>;

/** Somebody who is signed in, by the session that goes on. */
export type InSession = Asking & { client: Client };

/** Whoever is signed in is no stranger, whether or not the browser brought its cookie along. */
export const knownThere = ({ client, administratorId: id, sessionId }: InSession): Client =>
  signedIn(client, { type: 'administrator', id }, `session:${sessionId}`);

/**
 * Tells what asked for a change that was not made why, where its session was ended meanwhile.
 * @throws ApiError `auth.unauthorized`
 */
export async function checkSession(store: Store, asking: Asking): Promise<void> {
  if (!(await isSessionOpen(store, asking))) throw new ApiError('auth.unauthorized');
}

const sessionMs = 12 * 60 * 60_000;
export const administratorAttemptLimits = { perName: 50, perAddress: 10, digests: 300 };

/** Sessions of the Console. */
export function createAdministratorSessions({
  store,
  platform,
  passwords,
  devices,
  secondStep,
  auditLog,
}: {
  store: Store;
  platform: Platform;
  passwords: Passwords;
  devices: Devices;
  secondStep: SecondStep;
  auditLog: AuditLog;
}) {
  const limits = administratorAttemptLimits;
  const attempt = createPasswordAttempts({ store, platform, passwords, devices, limits });

  /** The audit log counts what failed, also of somebody who is signed in: it may be another at their screen. */
  async function verify(
    row: AdministratorsTable | undefined,
    { username, password, client }: { username: string; password: string; client: Client },
  ) {
    const verified = await attempt({
      digest: row?.password_digest,
      password,
      account: { type: 'administrator', field: 'username', value: username },
      client,
    });
    if (verified === 'wrong') {
      await auditLog.countFailedSignIn({ network: networkOf(client), type: 'administrator', id: row?.id ?? null });
    }
    return verified;
  }

  return {
    /** @throws ApiError `system.busy` */
    async signIn(typed: {
      username: string;
      password: string;
      code?: string | undefined;
      client: Client;
      /** Kept for whoever looks through their sessions. */
      used?: UsedBrowser;
    }): Promise<SignInOutcome> {
      const { username } = typed;
      const row = username.includes('\0') ? undefined : await findAdministrator(store, 'username', username);
      const verified = await verify(row, typed);
      if (typeof verified === 'object') return { outcome: 'limited', ...verified };
      if (verified === 'wrong' || !row) return { outcome: 'refused' };
      const token = newToken(platform);
      const now = platform.now();
      const expiresAt = now + sessionMs;
      const session = {
        token_digest: digestToken(token),
        administrator_id: row.id,
        created_at: now,
        expires_at: expiresAt,
        ...(typed.used ?? { browser: '', system: '' }),
      };
      const step = await secondStep.check(row, typed, (confirmedAt) =>
        insertingAdministratorSession(store, row, confirmedAt, session),
      );
      if (step.outcome !== 'passed') return step;
      return step.done.at(-1)?.length === 1
        ? { outcome: 'signed-in', administrator: toAdministrator(row), token, expiresAt }
        : { outcome: 'refused' };
    },

    /** Whether somebody who is signed in knows the password too. @throws ApiError `entity.not_found` */
    async confirmPassword(
      typed: InSession & { currentPassword: string },
    ): Promise<Refusal | { outcome: 'right'; administrator: AdministratorsTable }> {
      const row = await findAdministrator(store, 'id', typed.administratorId);
      if (!row) throw new ApiError('entity.not_found');
      const { currentPassword: password } = typed;
      const verified = await verify(row, { username: row.username, password, client: knownThere(typed) });
      if (typeof verified === 'object') return { outcome: 'limited', ...verified };
      return verified === 'right' ? { outcome: 'right', administrator: row } : { outcome: 'refused' };
    },

    /** Whose session the token is of; `undefined` when it was never one, has expired or was ended. */
    async authenticateSession(
      token: string,
    ): Promise<{ administrator: Administrator; session: AdministratorSession } | undefined> {
      const digest = digestToken(token);
      const found = await findAdministratorSession(store, digest, platform.now());
      return (
        found && {
          administrator: toAdministrator(found),
          session: { id: digest, createdAt: found.created_at, expiresAt: found.expires_at },
        }
      );
    },

    /** Ends the session of the token. */
    async signOut(token: string): Promise<void> {
      const id = digestToken(token);
      const found = await findAdministratorSession(store, id, platform.now());
      if (found) await deleteAdministratorSession(store, found.id, id);
    },

    /** The sessions that are open, newest first. */
    async listSessions(administratorId: string): Promise<(AdministratorSession & UsedBrowser)[]> {
      return (await listAdministratorSessions(store, administratorId, platform.now())).map(toSession);
    },

    /** Ends a session of this administrator. @throws ApiError `entity.not_found` when there is none with this id */
    async revokeSession(administratorId: string, sessionId: string): Promise<void> {
      const isEnded = await deleteAdministratorSession(store, administratorId, sessionId);
      if (!isEnded) throw new ApiError('entity.not_found');
    },

    /** Ends every session of this administrator but this one. */
    revokeOtherSessions: (administratorId: string, sessionId: string): Promise<void> =>
      deleteOtherAdministratorSessions(store, administratorId, sessionId),

    /**
     * Changes the password of a signed-in administrator and ends the other sessions.
     * @throws ApiError `password.rejected` for the new one, `entity.not_found` for an unknown administrator,
     * `auth.unauthorized` for a session that was ended meanwhile
     */
    async changePassword(
      change: InSession & { currentPassword: string; newPassword: string },
    ): Promise<{ outcome: 'changed' } | Refusal> {
      const row = await findAdministrator(store, 'id', change.administratorId);
      if (!row) throw new ApiError('entity.not_found');
      checkNewPassword(change.newPassword, defaultPasswordPolicy, { username: row.username });
      const { username } = row;
      const verified = await verify(row, { username, password: change.currentPassword, client: knownThere(change) });
      if (typeof verified === 'object') return { outcome: 'limited', ...verified };
      const isChanged =
        verified === 'right' &&
        (await replaceAdministratorPassword(store, row, {
          passwordDigest: await passwords.hash(change.newPassword, 'first'),
          keepTokenDigest: change.sessionId,
          now: platform.now(),
        }));
      if (isChanged) return { outcome: 'changed' };
      await checkSession(store, change);
      return { outcome: 'refused' };
    },
  };
}

const toAdministrator = ({ id, username, role }: Administrator): Administrator => ({ id, username, role });

const toSession = (row: AdministratorSessionsTable): AdministratorSession & UsedBrowser => ({
  id: row.token_digest,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  browser: row.browser,
  system: row.system,
});
