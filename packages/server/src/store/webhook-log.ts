import { sql } from 'kysely';
import type { Store } from './store.ts';
import type { HookAttemptsTable, HookDeliveriesTable } from './tables/webhooks.ts';

/** A piece of a list, newest first. */
type Slice = { limit: number; offset: number };

/** Which deliveries of a webhook. */
export type DeliveryFilter = { state?: HookDeliveriesTable['state'] | undefined; event?: string | undefined };

/** Deliveries of a webhook, newest first, and how many there are in all. */
export async function listDeliveries({ reader }: Store, hookId: string, filter: DeliveryFilter, slice: Slice) {
  let deliveries = reader.selectFrom('hook_deliveries').where('hook_id', '=', hookId);
  if (filter.state) deliveries = deliveries.where('state', '=', filter.state);
  if (filter.event) deliveries = deliveries.where('event', '=', filter.event);
  const [rows, { total }] = await Promise.all([
    deliveries
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(slice.limit)
      .offset(slice.offset)
      .execute(),
    deliveries.select((all) => all.fn.countAll<number | string>().as('total')).executeTakeFirstOrThrow(),
  ]);
  return { rows, total: Number(total) };
}

/** One delivery of a webhook. */
export const findDelivery = ({ reader }: Store, hookId: string, id: string): Promise<HookDeliveriesTable | undefined> =>
  reader
    .selectFrom('hook_deliveries')
    .selectAll()
    .where('id', '=', id)
    .where('hook_id', '=', hookId)
    .executeTakeFirst();

/** Every attempt of these deliveries, in order. */
export async function attemptsOf({ reader }: Store, deliveryIds: readonly string[]): Promise<HookAttemptsTable[]> {
  if (deliveryIds.length === 0) return [];
  return reader
    .selectFrom('hook_attempts')
    .selectAll()
    .where('delivery_id', 'in', [...deliveryIds])
    .orderBy('at')
    .orderBy('id')
    .execute();
}

/** Attempts at a webhook in a time (milliseconds since the epoch), newest first, with the deliveries that they were of. */
export async function listAttempts(
  { reader }: Store,
  hookId: string,
  { from, until, event }: { from: number; until: number; event?: string | undefined },
  slice: Slice,
) {
  let attempts = reader
    .selectFrom('hook_attempts')
    .where('hook_attempts.hook_id', '=', hookId)
    .where('at', '>=', from)
    .where('at', '<=', until);
  if (event) attempts = attempts.where('hook_attempts.event', '=', event);
  const [rows, { total }] = await Promise.all([
    attempts
      .leftJoin('hook_deliveries', 'hook_deliveries.id', 'hook_attempts.delivery_id')
      .selectAll('hook_attempts')
      .select(['hook_deliveries.payload', 'hook_deliveries.user_row', 'hook_deliveries.created_at'])
      .orderBy('at', 'desc')
      .orderBy('hook_attempts.id', 'desc')
      .limit(slice.limit)
      .offset(slice.offset)
      .execute(),
    attempts.select((all) => all.fn.countAll<number | string>().as('total')).executeTakeFirstOrThrow(),
  ]);
  return { rows, total: Number(total) };
}

/** How many requests webhooks got since a time, and how many of them they took. */
export async function countAttempts({ reader }: Store, since: number) {
  const rows = await reader
    .selectFrom('hook_attempts')
    .select(['hook_id', sql<number | string>`count(*)`.as('requests')])
    .select(sql<number | string>`count(case when status between 200 and 299 then 1 end)`.as('successes'))
    .where('at', '>=', since)
    .groupBy('hook_id')
    .execute();
  return new Map(
    rows.map(({ hook_id, requests, successes }) => [
      hook_id,
      { requestCount: Number(requests), successCount: Number(successes) },
    ]),
  );
}

/** How many deliveries wait for a webhook, and since when the oldest does. */
export async function waitingFor(
  { reader }: Store,
  hookId: string,
): Promise<{ waiting: number; since: number | null }> {
  const { waiting, since } = await reader
    .selectFrom('hook_deliveries')
    .select([sql<number | string>`count(*)`.as('waiting'), sql<number | null>`min(created_at)`.as('since')])
    .where('hook_id', '=', hookId)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return { waiting: Number(waiting), since };
}
