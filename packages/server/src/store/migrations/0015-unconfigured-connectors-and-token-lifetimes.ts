import { type Kysely, sql } from 'kysely';

/** A connector may wait for its configuration, one per channel; applications say how long their tokens live. */
const statements = [
  `alter table connectors add column is_configured bigint not null default 1`,
  `create unique index unconfigured_connectors on connectors (type) where is_configured = 0`,
  `alter table applications add column custom_client_metadata text not null default '{}'`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
