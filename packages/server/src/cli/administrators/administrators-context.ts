import { createPasswords } from '../../accounts/passwords.ts';
import { type AuditLog, createAuditLog } from '../../admin/audit-log.ts';
import { createColleagues, type ListedAdministrator } from '../../admin/colleagues.ts';
import { createPasswordLinks } from '../../admin/password-links.ts';
import { CommandError } from '../command-error.ts';
import type { Terminal } from '../terminal.ts';
import { withStore } from '../with-store.ts';

/** What the commands about administrators work with. */
export type AdministratorsContext = {
  colleagues: ReturnType<typeof createColleagues>;
  passwordLinks: ReturnType<typeof createPasswordLinks>;
  /** Records a change of the command line. */
  record: (action: string, administrator: ListedAdministrator) => Promise<void>;
  publicUrl: string;
  print: (line: string) => void;
};

/** Runs a command on the database of the settings, whether Sesame runs on it or not. @throws CommandError, ConfigError */
export function withAdministrators(
  terminal: Terminal,
  run: (context: AdministratorsContext) => Promise<void>,
): Promise<void> {
  return withStore(terminal, async (store, { publicUrl }, platform) => {
    const deps = { store, platform, passwords: createPasswords(platform) };
    const auditLog = createAuditLog(deps);
    await run({
      colleagues: createColleagues(deps),
      passwordLinks: createPasswordLinks(deps),
      record: (action, administrator) => record(auditLog, action, administrator),
      publicUrl,
      print: terminal.print,
    });
  });
}

const record = (auditLog: AuditLog, action: string, { id, username }: ListedAdministrator) =>
  auditLog.record(
    { type: 'server', id: 'command-line' },
    { action, subject: { type: 'administrator', id }, details: { username } },
  );

/** The administrator with this id or username. @throws CommandError */
export async function findNamed(which: string, { colleagues }: AdministratorsContext): Promise<ListedAdministrator> {
  const all = await colleagues.list();
  const found = all.find(({ id }) => id === which) ?? all.find(({ username }) => username === which);
  if (found) return found;
  throw new CommandError(`There is no administrator ${which}. To see who there is: npx sesame administrators list`);
}
