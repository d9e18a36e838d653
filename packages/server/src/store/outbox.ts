import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import { text, whole } from './parameters.ts';
import type { Slices } from './slices.ts';
import type { Store } from './store.ts';
import type { UsersTable } from './tables/users.ts';
import type { HookAttemptsTable, HookDeliveriesTable } from './tables/webhooks.ts';

/** The columns of a user that webhooks are told of. */
export const toldColumns = [
  ...([
    'id',
    'username',
    'phone',
    'email',
    'name',
    'avatar',
    'custom_data',
    'profile',
    'is_suspended',
    'others',
  ] as const),
  ...(['created_at', 'updated_at', 'last_sign_in_at'] as const),
] satisfies (keyof UsersTable)[];
export type ToldUser = Pick<UsersTable, (typeof toldColumns)[number]>;

/** An event as it is kept for every webhook that wants to hear of it. */
export type OutboxEvent = {
  id: string;
  event: string;
  payload: string;
  /** Whose row goes along, as it is at this place of the transaction; where there is no such user, nothing is told. */
  userId: string | undefined;
  onlyIf: RawBuilder<unknown> | undefined;
  now: number;
};

/**
 * The statement that puts an event into the outbox, once for each webhook that is switched on and wants to hear of it; an
 * event whose id is there already is there once.
 */
export function telling({ db, kind }: Store, { id, event, payload, userId, onlyIf, now }: OutboxEvent) {
  const build = sql.raw(kind === 'SQLite' ? 'json_object' : 'json_build_object');
  const columns = toldColumns.flatMap((column) => [sql.lit(column), sql.ref(`told.${column}`)]);
  const user = userId === undefined ? sql`null` : sql`cast(${build}(${sql.join(columns)}) as text)`;
  const from = userId === undefined ? sql`hooks` : sql`hooks join users as told on told.id = ${text(userId)}`;
  return sql`insert into hook_deliveries
      (id, hook_id, event_id, event, payload, user_row, state, tries, next_at, leased_until, created_at)
    select ${text(id)} || '.' || hooks.id, hooks.id, ${text(id)}, ${text(event)}, ${text(payload)}, ${user}, 'waiting', 0,
      ${whole(now)}, 0, ${whole(now)}
    from ${from} where hooks.enabled = 1 and hooks.events like ${`%"${event}"%`} and ${onlyIf ?? sql`1 = 1`}
    on conflict (id) do nothing`.compile(db);
}

/** What to take on: of which webhook, how many at most, and until when nobody else may. */
export type Claim = { hookId: string; lease: string; limit: number; now: number; until: number };

/**
 * Takes on what is due, for this lease alone: of two processes that ask at once, the one that waits for the other's row
 * finds it taken.
 */
export function claimDeliveries(store: Store, { hookId, lease, limit, now, until }: Claim) {
  const isFree = sql`state = 'waiting' and leased_until <= ${whole(now)}`;
  const query = sql<HookDeliveriesTable>`update hook_deliveries
    set lease = ${text(lease)}, leased_until = ${whole(until)}, tries = tries + 1
    where ${isFree} and id in (select id from hook_deliveries
      where hook_id = ${hookId} and next_at <= ${whole(now)} and ${isFree} order by next_at, id limit ${sql.lit(limit)})
    returning *`.compile(store.db);
  return store.atomically([query]).then(([rows]) => rows);
}

/** When the next delivery of one of these webhooks is due that nobody has taken on; `undefined` where none waits. */
export async function nextDueAt({ db }: Store, hookIds: readonly string[], now: number): Promise<number | undefined> {
  if (hookIds.length === 0) return undefined;
  const first = hookIds.map(
    (id) => sql`select (select next_at from hook_deliveries where hook_id = ${id} and state = 'waiting'
      and leased_until <= ${whole(now)} order by next_at limit 1) as at`,
  );
  const { rows } = await sql<{ at: number | null }>`${sql.join(first, sql` union all `)}`.execute(db);
  const times = rows.flatMap(({ at }) => (at === null ? [] : [at]));
  return times.length === 0 ? undefined : Math.min(...times);
}

/** What becomes of a delivery after an attempt. */
export type AfterAttempt = Pick<HookDeliveriesTable, 'state' | 'next_at' | 'ended_at'> & { tries?: number };

/** Keeps an attempt and what becomes of its delivery, while that is still this lease's. */
export async function recordAttempt(
  store: Store,
  { id, lease }: Pick<HookDeliveriesTable, 'id' | 'lease'>,
  attempt: HookAttemptsTable | undefined,
  after: AfterAttempt,
  alongside: readonly CompiledQuery<unknown>[] = [],
): Promise<void> {
  const { db } = store;
  await store.atomically([
    db
      .updateTable('hook_deliveries')
      .set({ ...after, lease: null, leased_until: 0 })
      .where('id', '=', id)
      .where('lease', '=', lease)
      .compile(),
    ...(attempt ? [db.insertInto('hook_attempts').values(attempt).compile()] : []),
    ...alongside,
  ]);
}

/** Switches a webhook off that says that it is gone. */
export const switchingHookOff = ({ db }: Store, id: string): CompiledQuery<unknown> =>
  db.updateTable('hooks').set({ enabled: 0 }).where('id', '=', id).compile();

/** So many deliveries may wait for a webhook that does not take them: a few kilobytes each. */
export const maxWaiting = 50_000;
/**
 * So many days one may wait, with the webhook switched off or too busy: a day less than it is kept and can be sent
 * again.
 */
const maxWaitingDays = 6;
const maxWaitingMs = maxWaitingDays * 24 * 60 * 60_000;
/** What is said of a delivery that was given up. */
const gaveUp = {
  forNewer: `More than ${maxWaiting / 1000},000 deliveries waited, and this was one of the oldest.`,
  asTooOld: `This waited for ${maxWaitingDays} days. While a webhook is switched off, nothing is sent to it.`,
};

/** Whose deliveries are given up, and how many may wait. */
type GivingUp = { hookId: string; now: number; max?: number };

/**
 * Gives up the deliveries that have waited too long, and the oldest of those that are too many to wait, a slice at a
 * time. They are kept as failed, and can be sent again.
 * @returns how many
 */
export async function giveUpOldest(
  store: Store,
  { hookId, now, max = maxWaiting }: GivingUp,
  slices: Slices,
): Promise<number> {
  const { db, reader } = store;
  const isWaiting = sql<boolean>`hook_id = ${hookId} and state = 'waiting'`;
  const isFree = sql<boolean>`leased_until <= ${whole(now)}`;
  const isTooOld = sql<boolean>`created_at < ${whole(now - maxWaitingMs)}`;
  const { rows } = await sql<{ waiting: number | string; old: number | string }>`
    select count(*) as waiting, count(case when ${isTooOld} then 1 end) as old
    from hook_deliveries where ${isWaiting}`.execute(reader);
  const [waiting, old] = [Number(rows[0]?.waiting ?? 0), Number(rows[0]?.old ?? 0)];
  const slice = sql.lit(slices.rows);
  // Another process may be at it as well, so that each slice counts anew.
  const tooMany = sql`(select case when count(*) > ${sql.lit(max + slices.rows)} then ${slice}
    when count(*) > ${sql.lit(max)} then count(*) - ${sql.lit(max)} else 0 end from hook_deliveries where ${isWaiting})`;

  async function giveUp(isMeant: RawBuilder<boolean>, limit: RawBuilder<unknown>, error: string): Promise<number> {
    let givenUp = 0;
    for (;;) {
      const oldest = sql`select id from hook_deliveries where ${isMeant} and ${isFree} order by created_at, id limit ${limit}`;
      const saying = sql`insert into hook_attempts (id, delivery_id, hook_id, event, at, duration_ms, status, error, response)
        select id || '.given-up', id, hook_id, event, ${whole(now)}, 0, null, ${text(error)}, null from`;
      const ending = sql`update hook_deliveries set state = 'failed', ended_at = ${whole(now)}
        where ${isWaiting} and ${isFree} and id in (${oldest}) returning id`;
      const once = sql`on conflict (id) do nothing`;
      const statements: Record<Store['kind'], RawBuilder<unknown>[]> = {
        SQLite: [sql`${saying} hook_deliveries where id in (${oldest}) ${once}`, ending],
        // The second of two statements could see what the first did not, when another process is at it.
        PostgreSQL: [
          sql`with ended as (${ending}, hook_id, event), said as (${saying} ended where true ${once}) select id from ended`,
        ],
      };
      const results = await store.atomically(statements[store.kind].map((statement) => statement.compile(db)));
      const ended = results.at(-1) ?? [];
      givenUp += ended.length;
      if (ended.length === 0 || !(await slices.turn())) return givenUp;
    }
  }
  const asTooOld = old > 0 ? await giveUp(sql`${isWaiting} and ${isTooOld}`, slice, gaveUp.asTooOld) : 0;
  const forNewer = waiting - asTooOld > max ? await giveUp(isWaiting, tooMany, gaveUp.forNewer) : 0;
  return asTooOld + forNewer;
}

/** How many deliveries of a webhook were given up after a time, for newer ones or as too old, and when the first was. */
export async function countGivenUp(
  { reader }: Store,
  hookId: string,
  after: number,
): Promise<{ givenUp: number; since: number | null }> {
  const { count, since } = await reader
    .selectFrom('hook_attempts')
    .select((all) => [all.fn.countAll<number | string>().as('count'), all.fn.min<number | null>('at').as('since')])
    .where('hook_id', '=', hookId)
    .where('at', '>=', after)
    .where('error', 'in', Object.values(gaveUp))
    .executeTakeFirstOrThrow();
  return { givenUp: Number(count), since: since === null ? null : Number(since) };
}

/** Has a delivery begin anew. @returns whether there is such a delivery */
export async function sendAgain(store: Store, hookId: string, id: string, now: number): Promise<boolean> {
  const again = store.db
    .updateTable('hook_deliveries')
    .set({ state: 'waiting', tries: 0, next_at: now, ended_at: null })
    .where('id', '=', id)
    .where('hook_id', '=', hookId)
    .returning('id');
  const [rows] = await store.atomically([again.compile()]);
  return rows.length > 0;
}
