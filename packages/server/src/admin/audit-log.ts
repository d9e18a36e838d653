import { createHash } from 'node:crypto';
import { newId, type Platform } from '../platform.ts';
import {
  type AuditLogFilter,
  countAuditLogEntry,
  everyAuditLogEntry,
  insertingAuditLogEntry,
  listAuditLog,
  putAuditLogEntry,
} from '../store/audit-log.ts';
import type { Page, Start } from '../store/listing.ts';
import type { Store } from '../store/store.ts';
import type { AuditLogTable } from '../store/tables/administrators.ts';

/**
 * Who changed something. Without its name, an application is looked up. The server is what nobody is signed in for: its
 * settings, the link that sets it up, its command line.
 */
export type Actor =
  | { type: 'administrator'; id: string; name: string }
  | { type: 'application'; id: string }
  | { type: 'server'; id: 'settings' | 'set-up-link' | 'command-line' };

/** What was changed; details hold nothing secret. */
export type Change = {
  action: string;
  subject: { type: string; id: string | null };
  details: Record<string, unknown>;
};

/** A change as it is listed; `at` is milliseconds since the epoch, of the last time where there were several. */
export type AuditLogEntry = Change & {
  id: string;
  at: number;
  times: number;
  actor: { type: AuditLogTable['actor_type']; id: string; name: string };
};

/** Somebody could not prove to be an administrator or an application; the id is null where there is no such name. */
type FailedSignIn = { network: string; type: 'administrator' | 'application'; id: string | null };

const failureWindowMs = 60 * 60_000;
const failureSlots = 64;

export type AuditLog = ReturnType<typeof createAuditLog>;

/** What administrators and applications changed, and who tried to sign in as one in vain. */
export function createAuditLog({ store, platform }: { store: Store; platform: Platform }) {
  const entryOf = (actor: Actor, { action, subject, details }: Change): AuditLogTable => ({
    id: newId(platform),
    at: platform.now(),
    times: 1,
    actor_type: actor.type,
    actor_id: actor.id,
    actor_name: 'name' in actor ? actor.name : actor.id,
    action,
    subject_type: subject.type,
    subject_id: subject.id,
    details: JSON.stringify(details),
  });

  return {
    async record(actor: Actor, change: Change): Promise<void> {
      await store.atomically([insertingAuditLogEntry(store, entryOf(actor, change))]);
    },

    /**
     * For a change that takes long, and may be broken off.
     * @returns what records it, or in the same entry what it has come to since
     */
    recordSoFar(actor: Actor, { details, ...change }: Change): (soFar: Change['details']) => Promise<void> {
      const entry = entryOf(actor, { ...change, details });
      return (soFar) => putAuditLogEntry(store, { ...entry, details: JSON.stringify({ ...details, ...soFar }) });
    },

    /** The entry of a change, for the transaction that makes it. */
    entryOf,

    /**
     * Counts a sign-in with a wrong name or password, or an application's wrong secret, in one entry per network and hour.
     * Networks share 64 entries, so that nobody makes the log grow without end; an entry that several share says so.
     * @param id who it was to be, where there is one
     */
    async countFailedSignIn({ network, type, id }: FailedSignIn) {
      const at = platform.now();
      const slot = (createHash('sha256').update(network).digest()[0] ?? 0) % failureSlots;
      await countAuditLogEntry(store, {
        id: `failed-sign-ins:${type === 'administrator' ? '' : `${type}:`}${Math.floor(at / failureWindowMs)}:${slot}`,
        at,
        times: 1,
        actor_type: 'network',
        actor_id: network,
        actor_name: network,
        action: `${type}.fail-sign-in`,
        subject_type: type,
        subject_id: id,
        details: '{}',
      });
    },

    /** A page of changes. @throws ApiError `request.too_broad` */
    async list(page: Page, filter: AuditLogFilter = {}) {
      const { rows, ...listed } = await listAuditLog(store, filter, page, platform.now);
      return { entries: rows.map(toEntry), ...listed };
    },

    /** Every change that matches, in order, a few hundred at a time. */
    async *every(filter: AuditLogFilter, start: Start) {
      for await (const rows of everyAuditLogEntry(store, filter, start)) yield rows.map(toEntry);
    },
  };
}

const toEntry = (row: AuditLogTable): AuditLogEntry => ({
  id: row.id,
  at: row.at,
  times: row.times,
  actor: { type: row.actor_type, id: row.actor_id, name: row.actor_name },
  action: row.action,
  subject: { type: row.subject_type, id: row.subject_id },
  details: JSON.parse(row.details) as Record<string, unknown>,
});
