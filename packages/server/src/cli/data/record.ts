import type { Kysely } from 'kysely';
import { createAuditLog } from '../../admin/audit-log.ts';
import { platform } from '../../platform.ts';
import type { Schema } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';

/** Says in the audit log of a database how its data came there. */
export const recordIn = (store: Store, action: string, details: Record<string, unknown>): Promise<void> =>
  createAuditLog({ store, platform }).record(
    { type: 'server', id: 'command-line' },
    { action, subject: { type: 'database', id: null }, details },
  );

/** The store, with its statements in a transaction that is open. */
export const within = (store: Store, transaction: Kysely<Schema>): Store => ({
  ...store,
  db: transaction,
  run: async (query) => (await transaction.executeQuery(query)).rows,
});
