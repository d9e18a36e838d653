import { type SqlBool, sql } from 'kysely';
import type { Store } from './store.ts';
import type { MessagesTable } from './tables/messages.ts';

/** A message that its connector did not bring to the provider. */
export type FailingMessage = Pick<
  MessagesTable,
  'id' | 'recipient' | 'country' | 'usage_type' | 'factory_id' | 'connector_id' | 'state' | 'error' | 'created_at'
>;

/**
 * The newest messages since a time that failed for another reason than their number, newest first; tests are left out,
 * and so are those whose code arrived all the same.
 */
export function listFailingMessages(
  { reader }: Store,
  { from, limit }: { from: number; limit: number },
): Promise<FailingMessage[]> {
  return (
    reader
      .selectFrom('messages')
      .select([
        'id',
        'recipient',
        'country',
        'usage_type',
        'factory_id',
        'connector_id',
        'state',
        'error',
        'created_at',
      ])
      // Written out for the index of the few messages that were not taken.
      .where(sql<SqlBool>`state in ('failed', 'unclear') and state <> 'accepted'`)
      .where('created_at', '>=', from)
      .where('verified_at', 'is', null)
      .where(sql<SqlBool>`error like '{"code":%' and error not like '%"kind":"recipient"%'`)
      .where((where) => where.or([where('connector_id', 'is not', null), where('factory_id', 'is', null)]))
      .orderBy('created_at', 'desc')
      .limit(limit)
      .execute()
  );
}

/** When a connector last brought a message of a usage type to a country to its provider, since a time. */
export async function lastTaken(
  { reader }: Store,
  {
    connectorId,
    country,
    usageType,
    from,
  }: { connectorId: string; country: string | null; usageType: string; from: number },
): Promise<number | undefined> {
  const row = await reader
    .selectFrom('messages')
    .select('created_at')
    .where('state', 'in', ['accepted', 'delivered', 'undelivered'])
    .where('connector_id', '=', connectorId)
    .where('country', country === null ? 'is' : '=', country)
    .where('usage_type', '=', usageType)
    .where('created_at', '>=', from)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.created_at;
}
