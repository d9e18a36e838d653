import { newId, type Platform } from '../platform.ts';
import { insertAuditLogEntry, listAuditLog } from '../store/audit-log.ts';
import type { AuditLogTable } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

/**
 * Who changed something. Without its name, an application is looked up. The server is what nobody is signed in for: its
 * command line.
 */
export type Actor =
  | { type: 'administrator'; id: string; name: string }
  | { type: 'application'; id: string }
  | { type: 'server'; id: 'command-line' };

/** What was changed; details hold nothing secret. */
export type Change = {
  action: string;
  subject: { type: string; id: string | null };
  details: Record<string, unknown>;
};

/** A change as it is listed; `at` is milliseconds since the epoch. */
export type AuditLogEntry = Change & {
  id: string;
  at: number;
  actor: { type: Actor['type']; id: string; name: string };
};

export type AuditLog = ReturnType<typeof createAuditLog>;

/** What administrators and applications changed. */
export function createAuditLog({ store, platform }: { store: Store; platform: Platform }) {
  return {
    async record(actor: Actor, { action, subject, details }: Change): Promise<void> {
      await insertAuditLogEntry(store, {
        id: newId(platform),
        at: platform.now(),
        actor_type: actor.type,
        actor_id: actor.id,
        actor_name: 'name' in actor ? actor.name : actor.id,
        action,
        subject_type: subject.type,
        subject_id: subject.id,
        details: JSON.stringify(details),
      });
    },

    /** A page of changes, newest first, and how many there are in all. */
    async list(page: { limit: number; offset: number }): Promise<{ entries: AuditLogEntry[]; total: number }> {
      const { entries, total } = await listAuditLog(store, page);
      return { entries: entries.map(toEntry), total };
    },
  };
}

const toEntry = (row: AuditLogTable): AuditLogEntry => ({
  id: row.id,
  at: row.at,
  actor: { type: row.actor_type, id: row.actor_id, name: row.actor_name },
  action: row.action,
  subject: { type: row.subject_type, id: row.subject_id },
  details: JSON.parse(row.details) as Record<string, unknown>,
});
