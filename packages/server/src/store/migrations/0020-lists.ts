import { type Kysely, sql } from 'kysely';

/**
 * Long lists are walked along an index in their own order. That of all messages also holds what they are filtered by and
 * what never changes; messages that are out and well are in no other, so that a send pays for no more than before.
 */
const statements = [
  `create index messages_by_creation on messages (created_at, id, recipient, country, usage_type, factory_id, connector_id)`,
  `drop index messages_by_time`,
  `create index messages_by_state on messages (state, created_at, id) where state <> 'accepted'`,
  `drop index messages_in_flight`,
  `create index messages_with_error on messages (created_at, id) where error is not null`,
  `create index audit_log_by_creation on audit_log (at, id)`,
  `drop index audit_log_by_time`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
