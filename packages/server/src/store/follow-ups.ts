import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { text, whole } from './parameters.ts';
import type { Store } from './store.ts';
import type { FollowUpsTable, MessagesTable } from './tables/messages.ts';

/** A step of a connector: what is asked or told some time after each send. */
export type StepKey = { connectorId: string; step: string };

/** Up to which message a step has come: when it was made (milliseconds since the epoch), and its id. */
export type Done = Pick<FollowUpsTable, 'done_until' | 'done_id'>;

/** How far the steps have come that went on since a time. */
export const listFollowUps = ({ db }: Store, since: number): Promise<FollowUpsTable[]> =>
  db.selectFrom('follow_ups').selectAll().where('done_until', '>', since).execute();

/** Whose turn it is, until when, and where a step begins that has not begun. */
type Claim = StepKey & { lease: string; now: number; until: number; start: number };

/** Takes on a step for this lease alone. @returns how far it has come; `undefined` while it is another's turn */
export async function claimStep(store: Store, claim: Claim): Promise<Done | undefined> {
  const { connectorId, step, lease, now, until, start } = claim;
  const query = sql<Done>`insert into follow_ups (connector_id, step, done_until, done_id, lease, leased_until)
    values (${text(connectorId)}, ${text(step)}, ${whole(start)}, '', ${text(lease)}, ${whole(until)})
    on conflict (connector_id, step) do update set lease = excluded.lease, leased_until = excluded.leased_until
    where follow_ups.leased_until <= ${whole(now)}
    returning done_until, done_id`.compile(store.db);
  const [[done]] = await store.atomically([query]);
  return done;
}

/** Says how far a step has come, and until when nobody takes it on, while it is still this lease's. */
export async function leaveStep(
  store: Store,
  { connectorId, step, lease }: StepKey & { lease: string },
  { done_until, done_id }: Done,
  pauseUntil: number,
): Promise<void> {
  await store.db
    .updateTable('follow_ups')
    .set({ done_until, done_id, lease: null, leased_until: pauseUntil })
    .where('connector_id', '=', connectorId)
    .where('step', '=', step)
    .where('lease', '=', lease)
    .execute();
}

/** What makes a message one of a step. */
export type StepCondition = RawBuilder<SqlBool>;

/** The provider took it, and has not said what became of it; nobody typed its code. */
export const isOpen = sql<SqlBool>`state = 'accepted' and verified_at is null`;
/** It is out, and the provider has not said what it cost. */
export const isUnpriced = sql<SqlBool>`price is null and state in ('accepted', 'delivered', 'undelivered')`;
/** Its code was typed in after the first time and by the second, both in milliseconds after the send. */
export const isVerifiedWithin = (after: number, by: number): StepCondition =>
  sql<SqlBool>`verified_at > created_at + ${whole(after)} and verified_at <= created_at + ${whole(by)}`;

/** A message as its provider knows it. */
export type FollowedMessage = Pick<MessagesTable, 'id' | 'recipient' | 'created_at' | 'verified_at'> & {
  provider_message_id: string;
};

/** The next messages of a connector after a place up to a time (milliseconds since the epoch) that a step is about. */
export async function listFollowed(
  { db }: Store,
  { connectorId, condition }: { connectorId: string; condition: StepCondition },
  { done_until, done_id }: Done,
  { until, limit }: { until: number; limit: number },
): Promise<FollowedMessage[]> {
  const { rows } = await sql<FollowedMessage>`
    select id, recipient, created_at, verified_at, provider_message_id from messages
    where created_at <= ${until} and (created_at, id) > (${whole(done_until)}, ${text(done_id)})
      and connector_id = ${connectorId} and provider_message_id is not null and ${condition}
    order by created_at, id limit ${sql.lit(limit)}`.execute(db);
  return rows;
}
