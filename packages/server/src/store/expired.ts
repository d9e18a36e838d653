import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import { failurePolicy } from './failure-policy.ts';
import type { Schema } from './schema.ts';
import { deleteRetiredSigningKeys } from './signing-keys.ts';
import { atOnce, inSlices, type Slices } from './slices.ts';
import type { Store } from './store.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Longer than any send takes with its retries, so that a message still in flight in another process is left alone. */
const abandonedAfterMs = 2 * minute;
const auditLogDays = 400;
const figureDays = 400;
const figureTables = [
  ...([
    'message_figures',
    'failure_figures',
    'cost_figures',
    'arrival_figures',
    'activity_figures',
    'decision_figures',
  ] as const),
];
const guardDecisionDays = 90;
const attackDays = 400;
const webhookDays = 7;
/** Longer than any message is followed. */
const followUpDays = 7;
/** What webhooks were told, beside what they are still to be told. */
const maxDeliveries = 100_000;
const maxAttempts = 300_000;
/** As long as a browser is known after its last sign-in. */
export const signInDays = 180;
/** Longer than anybody stays signed in without a new ID token, which a sign-out may show. */
const retiredKeyDays = 90;

/**
 * Some rows go before those that they belong to: of the latter, the oldest alone are looked at for a slice. All of them
 * would take longer the more there are.
 */
const oldest = sql.lit(200);
const oldestAttacks = (now: number) => sql`select id from guard_attacks
  where began_at < ${now - attackDays * day} order by began_at limit ${oldest}`;
/** As their index has it. */
const isEndedSession = sql<boolean>`model = 'Session' and consumed_at is not null`;
const oldestEndedSessions = (column: 'id' | 'uid', now: number) => sql`select ${sql.ref(column)} from oidc_models
  where ${isEndedSession} and expires_at < ${now} order by expires_at limit ${oldest}`;

/** What is kept how long; times are milliseconds. */
export type Retention = { now: number; messagesMs: number | null };

/** Rows that have had their time: the key of their table, and what is true of them. Each condition has its index. */
type Expired = { table: keyof Schema; key: string[]; condition: RawBuilder<boolean> };

const expired = ({ now, messagesMs }: Retention): Expired[] => [
  // A code that has expired is kept for a while, so that it is refused as expired rather than as unknown.
  { table: 'verification_codes', key: ['flow', 'recipient'], condition: sql`expires_at < ${now - day}` },
  // Failures stay long after their last wait is over: waiting must not end the row of failures.
  {
    table: 'verification_failures',
    key: ['recipient', 'counter'],
    condition: sql`updated_at < ${now - 30 * day} and failures < ${failurePolicy.maxStrangerFailures}`,
  },
  { table: 'send_limits', key: ['key'], condition: sql`window_started_at < ${now - 2 * day}` },
  { table: 'spendings', key: ['key'], condition: sql`ends_at < ${now - 2 * day}` },
  { table: 'guard_budgets', key: ['scope'], condition: sql`kept_until < ${now}` },
  { table: 'guard_decisions', key: ['id'], condition: sql`at < ${now - guardDecisionDays * day}` },
  {
    table: 'guard_attack_parts',
    key: ['attack_id', 'kind', 'name'],
    condition: sql`attack_id in (${oldestAttacks(now)})`,
  },
  {
    table: 'guard_attacks',
    key: ['id'],
    condition: sql`id in (${oldestAttacks(now)})
      and not exists (select 1 from guard_attack_parts where attack_id = guard_attacks.id)`,
  },
  { table: 'hook_deliveries', key: ['id'], condition: sql`created_at < ${now - webhookDays * day}` },
  {
    table: 'hook_deliveries',
    key: ['id'],
    condition: sql`state <> 'waiting' and created_at < (select created_at from hook_deliveries order by created_at desc
      limit 1 offset ${sql.lit(maxDeliveries)})`,
  },
  { table: 'follow_ups', key: ['connector_id', 'step'], condition: sql`done_until < ${now - followUpDays * day}` },
  { table: 'hook_attempts', key: ['id'], condition: sql`at < ${now - webhookDays * day}` },
  {
    table: 'hook_attempts',
    key: ['id'],
    condition: sql`at < (select at from hook_attempts order by at desc limit 1 offset ${sql.lit(maxAttempts)})`,
  },
  { table: 'administrator_sessions', key: ['token_digest'], condition: sql`expires_at < ${now}` },
  { table: 'administrator_links', key: ['token_digest'], condition: sql`expires_at < ${now}` },
  { table: 'sign_in_attempts', key: ['key'], condition: sql`window_started_at < ${now - day}` },
  { table: 'sign_in_flows', key: ['id'], condition: sql`expires_at < ${now}` },
  { table: 'trusted_devices', key: ['id'], condition: sql`expires_at < ${now}` },
  { table: 'used_checks', key: ['digest'], condition: sql`expires_at < ${now}` },
  { table: 'passed_checks', key: ['subject'], condition: sql`expires_at < ${now}` },
  { table: 'verifications', key: ['id'], condition: sql`created_at < ${now - day}` },
  { table: 'oidc_models', key: ['model', 'id'], condition: sql`expires_at < ${now} and not (${isEndedSession})` },
  // A request under way while its session was ended may have made a grant, which is void as long as the session is known.
  {
    table: 'oidc_models',
    key: ['model', 'id'],
    condition: sql`model = 'Grant' and uid in (${oldestEndedSessions('uid', now)})`,
  },
  {
    table: 'oidc_models',
    key: ['model', 'id'],
    condition: sql`model = 'Session' and id in (${oldestEndedSessions('id', now)})
      and not exists (select 1 from oidc_models as made where made.model = 'Grant' and made.uid = oidc_models.uid)`,
  },
  { table: 'audit_log', key: ['id'], condition: sql`at < ${now - auditLogDays * day}` },
  { table: 'sign_ins', key: ['id'], condition: sql`at < ${now - signInDays * day}` },
  ...figureTables.map((table) => ({
    table,
    key: ['hour'],
    condition: sql<boolean>`hour < ${Math.floor((now - figureDays * day) / hour)}`,
  })),
  ...(messagesMs === null
    ? []
    : [
        { table: 'messages' as const, key: ['id'], condition: sql<boolean>`created_at < ${now - messagesMs}` },
        {
          table: 'message_reports' as const,
          key: ['message_id', 'digest'],
          condition: sql<boolean>`received_at < ${now - messagesMs}`,
        },
      ]),
];

/** Deletes what has expired, a slice of a table at a time. */
export async function deleteExpired(store: Store, retention: Retention, slices: Slices = atOnce): Promise<void> {
  for (const rows of expired(retention)) await inSlices(store, deleteSlice(store, rows, slices.rows), slices);
  // There is one for each quarter of a year.
  await deleteRetiredSigningKeys(store, retention.now - retiredKeyDays * day);
}

function deleteSlice({ db }: Store, { table, key, condition }: Expired, rows: number): CompiledQuery<unknown> {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  return sql`delete from ${sql.table(table)}
    where (${columns}) in (select ${columns} from ${sql.table(table)} where ${condition} limit ${rows})
    returning 1`.compile(db);
}

/** Messages created before this time and still in flight were left behind by a crash. */
export const abandonedBefore = (now: number): number => now - abandonedAfterMs;
