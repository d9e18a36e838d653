import type { Passwords } from '../accounts/passwords.ts';
import type { Platform } from '../platform.ts';
import {
  type FirstAdministrator,
  hasAdministrator,
  insertFirstAdministrator,
  openSetupLink,
  readFirstAdministrator,
} from '../store/administrators.ts';
import type { Store } from '../store/store.ts';
import type { AdministratorsTable } from '../store/tables/administrators.ts';
import type { AuditLog } from './audit-log.ts';
import { type Credentials, checkCredentials, newAdministratorRow } from './credentials.ts';
import { digestToken, newToken } from './tokens.ts';

/** How a server without administrators gets its first one. */
export function createFirstAdministrator({
  store,
  platform,
  passwords,
  auditLog,
}: {
  store: Store;
  platform: Platform;
  passwords: Passwords;
  auditLog: AuditLog;
}) {
  const newRow = (credentials: Credentials) =>
    newAdministratorRow({ ...credentials, role: 'owner' }, { platform, passwords });

  /** What the audit log says of it. */
  const entryOf = ({ id, username, role }: AdministratorsTable, by: 'settings' | 'set-up-link') =>
    auditLog.entryOf(
      { type: 'server', id: by },
      { action: 'administrator.create', subject: { type: 'administrator', id }, details: { username, role } },
    );

  /** Repeats until there is an administrator or the step was taken: it is not when another process was faster. */
  async function whileThereIsNone(
    step: (before: FirstAdministrator | undefined) => Promise<boolean>,
  ): Promise<boolean> {
    for (;;) {
      // The document is read first: an administrator made after that changes it, and the step then does nothing.
      const before = await readFirstAdministrator(store);
      if (await hasAdministrator(store)) return false;
      if (await step(before)) return true;
    }
  }

  const isOpen = (document: FirstAdministrator | undefined, token: string) =>
    document !== undefined && 'linkDigest' in document && document.linkDigest === digestToken(token);

  return {
    /**
     * Makes the administrator if there is none at all. @returns whether it did
     * @throws ApiError `guard.invalid_input`, `password.rejected`; neither when there is an administrator
     */
    async seedFirst(credentials: Credentials): Promise<boolean> {
      if (await hasAdministrator(store)) return false;
      checkCredentials(credentials);
      const row = await newRow(credentials);
      const entry = entryOf(row, 'settings');
      return whileThereIsNone((before) => insertFirstAdministrator(store, before, row, entry));
    },

    /**
     * Opens a link to set up the first administrator, in place of any earlier one. Only a digest is kept.
     * @returns its token, to be shown at the start; `undefined` when there is an administrator
     */
    async createSetupLink(): Promise<string | undefined> {
      const token = newToken(platform);
      const isNew = await whileThereIsNone((before) =>
        openSetupLink(store, before, digestToken(token), platform.now()),
      );
      return isNew ? token : undefined;
    },

    /** Whether there is none, so that nobody can sign in yet. */
    isMissing: async (): Promise<boolean> => !(await hasAdministrator(store)),

    /** Whether the link is open: neither used nor replaced. */
    isSetupLinkOpen: async (token: string): Promise<boolean> => isOpen(await readFirstAdministrator(store), token),

    /**
     * Makes the administrator and closes the link. @returns whether the link was open; of several at once, one is
     * @throws ApiError `guard.invalid_input`, `password.rejected`; the link then stays open
     */
    async setUpFirst({ token, ...credentials }: Credentials & { token: string }): Promise<boolean> {
      const before = await readFirstAdministrator(store);
      if (!isOpen(before, token)) return false;
      checkCredentials(credentials);
      const row = await newRow(credentials);
      return insertFirstAdministrator(store, before, row, entryOf(row, 'set-up-link'));
    },
  };
}
