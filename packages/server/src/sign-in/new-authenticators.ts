import type { Authenticators, NewAuthenticator, ShownSecret } from '../accounts/authenticators.ts';
import type { User } from '../accounts/user-record.ts';
import type { Platform } from '../platform.ts';
import type { Store } from '../store/store.ts';
import {
  confirmAuthenticatorIn,
  findVerification,
  forgettingOldest,
  insertVerification,
  listVerifications,
} from '../store/verifications.ts';
import type { Verifications } from './verifications.ts';

type Deps = {
  store: Store;
  platform: Platform;
  verifications: Verifications;
  authenticators: Authenticators;
};

/**
 * Authenticator apps that are being set up. Their secrets wait, encrypted, in a verification of the sign-in or of the
 * session of the account page, which becomes a right code of the app once the app is the user's.
 */
export function createNewAuthenticators({ store, platform, verifications, authenticators }: Deps) {
  /** One that waits, with its secret. */
  async function find(subject: string, userId: string, id: string) {
    const row = await findVerification(store, subject, id);
    if (row?.user_id !== userId || row.authenticator_secret === null) return undefined;
    return { ...row, secret: authenticators.unsealed(row.authenticator_secret, id) };
  }

  async function make(subject: string, user: User): Promise<{ id: string } & ShownSecret> {
    const secret = authenticators.newSecret();
    const row = verifications.ofSecondFactor(subject, user.id);
    const sealed = authenticators.sealed(secret, row.id);
    const waits = { ...row, authenticator_id: row.id, authenticator_secret: sealed, verified_at: null };
    await store.atomically([insertVerification(store, waits), forgettingOldest(store, { subject })]);
    return { id: row.id, ...(await authenticators.shown(secret, user)) };
  }

  return {
    /** Makes a secret to show. */
    make,

    /** The secret that waits for a first code, so that a page that is loaded again shows the same; or a new one. */
    async show(subject: string, user: User): Promise<{ id: string } & ShownSecret> {
      const waiting = (await listVerifications(store, subject)).find(
        (row) => row.user_id === user.id && row.authenticator_secret !== null,
      );
      const found = waiting && (await find(subject, user.id, waiting.id));
      return found ? { id: found.id, ...(await authenticators.shown(found.secret, user)) } : make(subject, user);
    },

    /**
     * Takes the first code. @returns whether there is such an app
     * @throws ApiError `session.mfa.invalid_totp_code`
     */
    async confirm(subject: string, userId: string, { id, code }: { id: string; code: string }): Promise<boolean> {
      const found = await find(subject, userId, id);
      if (!found) return false;
      const timeStep = authenticators.checkNew(code, found.secret);
      return confirmAuthenticatorIn(store, { subject, id, timeStep, now: platform.now() });
    },

    /** One whose first code was right, as it is to be the user's. */
    async confirmed(subject: string, userId: string, id: string): Promise<NewAuthenticator | undefined> {
      const found = await find(subject, userId, id);
      if (!found || found.time_step === null) return undefined;
      return { id, secret: found.secret, timeStep: found.time_step };
    },
  };
}
export type NewAuthenticators = ReturnType<typeof createNewAuthenticators>;
