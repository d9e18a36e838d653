import { type RawBuilder, sql } from 'kysely';
import { text, whole } from './parameters.ts';
import type { MessagesTable } from './schema.ts';
import type { Store } from './store.ts';
import { windowIsOver } from './windows.ts';

/** A limit on sends: the key it counts under and how many it allows in a window of so many milliseconds. */
export type SendLimit = { key: string; maxSends: number; windowMs: number };

/** What a send begins with. */
export type Send = {
  message: MessagesTable;
  code: { flow: string; digest: string; expiresAt: number };
  limits: readonly SendLimit[];
};

/**
 * Begins a send in one transaction: raises every limit, replaces the pending code, records the message. When a limit is
 * full nothing else happens.
 * @returns milliseconds until the send would be allowed; 0 when it has begun
 */
export async function beginSend(store: Store, send: Send): Promise<number> {
  const { message } = send;
  // PostgreSQL locks the rows in this order; one order for everybody, so that no two sends wait for each other.
  const limits = send.limits.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const granted = isGranted(limits, message.id);
  const recording = [replaceCode(send, granted).compile(store.db), recordMessage(message, granted).compile(store.db)];
  if (limits.length === 0) {
    await store.atomically(recording);
    return 0;
  }
  const raising = raiseLimits(limits, message.id, message.created_at).compile(store.db);
  // A limit on its own is either raised or full: there is nothing to give back.
  const lowering = limits.length > 1 ? [lowerLimits(limits, message.id, granted).compile(store.db)] : [];
  const [raised] = await store.atomically([raising, ...recording, ...lowering]);
  if (raised?.length === limits.length) return 0;
  // Refused sends leave no rows, or anybody could make as many as there are numbers.
  const keys = limits.map(({ key }) => key);
  await store.db.deleteFrom('send_limits').where('key', 'in', keys).where('sends', '<=', 0).execute();
  return timeUntilOpen(store, limits, send);
}

/** Raises one limit by itself, for a send that has begun. @returns whether there was room */
export async function raiseLimit(store: Store, limit: SendLimit, { id, now }: { id: string; now: number }) {
  const { rows } = await raiseLimits([limit], id, now).execute(store.db);
  return rows.length > 0;
}

/** Makes room again under these keys. */
export async function clearSendLimits({ db }: Store, keys: readonly string[]): Promise<void> {
  for (const key of keys) await db.deleteFrom('send_limits').where('key', '=', key).execute();
}

function raiseLimits(limits: readonly SendLimit[], sendId: string, now: number) {
  const over = windowIsOver('send_limits', now, sql`excluded.window_ms`);
  const rows = limits.map(
    ({ key, maxSends, windowMs }) => sql`(${key}, ${now}, 1, ${maxSends}, ${windowMs}, ${sendId})`,
  );
  return sql<{ key: string }>`
    insert into send_limits (key, window_started_at, sends, max_sends, window_ms, last_send_id) values ${sql.join(rows)}
    on conflict (key) do update set
      window_started_at = case when ${over} then excluded.window_started_at else send_limits.window_started_at end,
      sends = case when ${over} then 1 else send_limits.sends + 1 end,
      max_sends = excluded.max_sends, window_ms = excluded.window_ms, last_send_id = excluded.last_send_id
    where ${over} or send_limits.sends < excluded.max_sends
    returning key`;
}

/** Whether this send raised every one of its limits: each then carries the stamp of the message. */
function isGranted(limits: readonly SendLimit[], sendId: string): RawBuilder<boolean> {
  if (limits.length === 0) return sql`(1 = 1)`;
  return sql`((select count(*) from send_limits
    where key in (${sql.join(limits.map(({ key }) => key))}) and last_send_id = ${sendId}) = ${limits.length})`;
}

function replaceCode({ message, code }: Send, granted: RawBuilder<boolean>) {
  return sql`
    insert into verification_codes (flow, recipient, digest, message_id, tries, created_at, expires_at)
    select ${text(code.flow)}, ${text(message.recipient)}, ${text(code.digest)}, ${text(message.id)}, 0,
      ${whole(message.created_at)}, ${whole(code.expiresAt)}
    where ${granted}
    on conflict (flow, recipient) do update set digest = excluded.digest, message_id = excluded.message_id, tries = 0,
      created_at = excluded.created_at, expires_at = excluded.expires_at, used_at = null, last_check_id = null`;
}

function recordMessage(message: MessagesTable, granted: RawBuilder<boolean>) {
  return sql`
    insert into messages (id, recipient, country, usage_type, locale, factory_id, connector_id, state, error, created_at,
      updated_at)
    select ${text(message.id)}, ${text(message.recipient)}, ${text(message.country)}, ${text(message.usage_type)},
      ${text(message.locale)}, ${text(message.factory_id)}, ${text(message.connector_id)}, ${text(message.state)},
      ${text(message.error)}, ${whole(message.created_at)}, ${whole(message.updated_at)}
    where ${granted}`;
}

/** Gives back what a refused send took from the limits that were not full. */
function lowerLimits(limits: readonly SendLimit[], sendId: string, granted: RawBuilder<boolean>) {
  return sql`update send_limits set sends = sends - 1
    where key in (${sql.join(limits.map(({ key }) => key))}) and last_send_id = ${sendId} and not ${granted}`;
}

async function timeUntilOpen(store: Store, limits: readonly SendLimit[], { message }: Send): Promise<number> {
  const byKey = new Map(limits.map((limit) => [limit.key, limit]));
  const rows = await store.db
    .selectFrom('send_limits')
    .selectAll()
    .where('key', 'in', [...byKey.keys()])
    .execute();
  const waits = rows.map(({ key, sends, window_started_at }) => {
    const { maxSends, windowMs } = byKey.get(key) as SendLimit;
    return sends < maxSends ? 0 : Math.min(windowMs, window_started_at + windowMs - message.created_at);
  });
  // A send that began a little later, or another process, may have opened the window after this one's time.
  return Math.max(1, ...waits);
}
