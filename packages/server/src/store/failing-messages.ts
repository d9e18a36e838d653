import { type SqlBool, sql } from 'kysely';
import type { Store } from './store.ts';
import type { MessagesTable } from './tables/messages.ts';

/** A message that its connector did not bring to the provider, or that the provider took and refused afterwards. */
export type FailingMessage = Pick<
  MessagesTable,
  'id' | 'recipient' | 'country' | 'usage_type' | 'factory_id' | 'connector_id' | 'state' | 'error' | 'created_at'
>;

/**
 * The newest messages since a time that failed for another reason than their number, newest first; of those that were
 * reported as undelivered, the ones that the settings or the account kept from it. Tests are left out, and so are messages
 * whose code arrived all the same.
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
      .where(sql<SqlBool>`state in ('failed', 'unclear', 'undelivered') and state <> 'accepted'`)
      .where('created_at', '>=', from)
      .where('verified_at', 'is', null)
      .where(sql<SqlBool>`error like '{"code":%' and error not like '%"kind":"recipient"%'
        and (state <> 'undelivered' or error like '%"kind":"configuration"%')`)
      .where((where) => where.or([where('connector_id', 'is not', null), where('factory_id', 'is', null)]))
      .orderBy('created_at', 'desc')
      .limit(limit)
      .execute()
  );
}

/** Where messages go, and how far one has to come that says that they get through. */
export type Route = {
  connectorId: string;
  country: string | null;
  usageType: string;
  /** To the provider, or to whom it is for. */
  to: 'provider' | 'recipient';
};

const cameTo = {
  provider: sql<SqlBool>`state in ('accepted', 'delivered', 'undelivered')`,
  recipient: sql<SqlBool>`(state = 'delivered' or verified_at is not null)`,
};

/** When the newest message of a connector, to a country and of a usage type, was made that came so far, since a time. */
export async function lastThrough(
  { reader }: Store,
  { connectorId, country, usageType, to, from }: Route & { from: number },
): Promise<number | undefined> {
  const row = await reader
    .selectFrom('messages')
    .select('created_at')
    .where(cameTo[to])
    .where('connector_id', '=', connectorId)
    .where('country', country === null ? 'is' : '=', country)
    .where('usage_type', '=', usageType)
    .where('created_at', '>=', from)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.created_at;
}
