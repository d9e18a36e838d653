import { type Kysely, sql } from 'kysely';

/** What has expired is found without a look at every row. */
const statements = [
  `create index verification_failures_by_time on verification_failures (updated_at)`,
  `create index send_limits_by_window on send_limits (window_started_at)`,
  `create index administrator_sessions_by_expiry on administrator_sessions (expires_at)`,
  `create index sign_in_attempts_by_window on sign_in_attempts (window_started_at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
