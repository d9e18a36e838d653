import type { Kysely } from 'kysely';
import { createAuditLog } from '../../admin/audit-log.ts';
import { platform } from '../../platform.ts';
import { insertingAuditLogEntry } from '../../store/audit-log.ts';
import type { Schema } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';

/** Says in the audit log of a database how its data came there. @param db the store's, or a transaction on it */
export async function recordIn(
  { store, db }: { store: Store; db: Kysely<Schema> },
  action: string,
  details: Record<string, unknown>,
): Promise<void> {
  const { entryOf } = createAuditLog({ store, platform });
  const actor = { type: 'server', id: 'command-line' } as const;
  const entry = entryOf(actor, { action, subject: { type: 'database', id: null }, details });
  await db.executeQuery(insertingAuditLogEntry(store, entry));
}
