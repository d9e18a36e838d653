import { createAuditLog } from '../../admin/audit-log.ts';
import { platform } from '../../platform.ts';
import type { Store } from '../../store/store.ts';

/** Says in the audit log of a database how its data came there. */
export const recordIn = (store: Store, action: string, details: Record<string, unknown>): Promise<void> =>
  createAuditLog({ store, platform }).record(
    { type: 'server', id: 'command-line' },
    { action, subject: { type: 'database', id: null }, details },
  );
