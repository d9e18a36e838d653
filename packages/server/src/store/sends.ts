import { sql } from 'kysely';
import { joint, type Parts } from './joint.ts';
import { type Cap, fullCaps, isSpent, raisingSpendings, type Spend, type Spent } from './spendings.ts';
import { statement } from './statement.ts';
import type { Store } from './store.ts';
import type { MessagesTable } from './tables/messages.ts';
import { clockToleranceMs, windowIsOver } from './windows.ts';

/** A limit on sends: the key it counts under and how many it allows in a window of so many milliseconds. */
export type SendLimit = {
  key: string;
  maxSends: number;
  windowMs: number;
  /** Whether it is one of what goes out: a message that certainly did not gives its place to another. */
  isOfSent?: boolean;
};

/** The code of a send. */
export type NewCode = {
  flow: string;
  digest: string;
  expiresAt: number;
  /** What it is made of; absent where it is fixed. */
  making?: Making | undefined;
};

/** What a code is made of, and when the one that is there goes out again in its place. */
export type Making = {
  seed: string;
  /** The one before has to be made for the same. */
  purpose: string;
  /** It has to be made since then: milliseconds since the epoch. */
  madeSince: number;
  /** Fewer answers than that have been wrong. */
  maxTries: number;
  /** Told the seed of the code that goes out, once the send has begun. */
  tellSeed: (seed: string) => void;
};

/** What a send begins with. */
export type Send = {
  message: MessagesTable;
  code: NewCode;
  limits: readonly SendLimit[];
  /** The periods in which it is counted what is spent. */
  caps?: readonly Cap[];
  /** Told what these periods have come to, where the send has begun. */
  tellSpent?: ((spent: readonly Spent[]) => void) | undefined;
  /** Told the key of the limit that keeps the send for longest, where one does. */
  tellFull?: ((key: string) => void) | undefined;
};

/**
 * Begins a send in one transaction, under locks on its recipient, its limits and its caps: raises all of them, replaces the
 * pending code unless it goes out again, records the message. When one is full nothing happens.
 * @returns milliseconds until the send would be allowed; 0 when it has begun; `over-cap` where the limits had room, but a
 *   cap had none any more
 */
export async function beginSend(
  store: Store,
  { message, code, limits: unordered, caps: unorderedCaps = [], tellSpent, tellFull }: Send,
): Promise<number | 'over-cap'> {
  // PostgreSQL locks the rows in this order; one order for everybody, so that no two sends wait for each other.
  const limits = unordered.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const caps = unorderedCaps.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const send = { message, code, limits, caps };
  const locks = [message.recipient, ...limits.map(({ key }) => key), ...caps.map(({ key }) => key)];
  const raising = limits.length > 0 ? [raiseLimits(store, send)] : [];
  const spending = caps.length > 0 ? [raiseSpent(store, send)] : [];
  const results = await store.atomically(
    [...raising, ...spending, replaceCode(store, send), recordMessage(store, send)],
    locks,
  );
  const [kept] = results[raising.length + spending.length] as { seed: string | null }[];
  if (kept) {
    if (spending.length > 0) tellSpent?.(results[raising.length] as Spent[]);
    if (kept.seed) code.making?.tellSeed(kept.seed);
    return 0;
  }
  const [rows] = limits.length > 0 ? await store.atomically([listUsage(store, send)], locks) : [[]];
  const full = longestFull(rows, limits, message.created_at);
  if (!full && caps.length > 0) return 'over-cap';
  if (full) tellFull?.(full.key);
  // A send that began a little later, or another process, may have opened the window after this one's time.
  return Math.max(1, full?.waitMs ?? 0);
}

/**
 * Has a code stand for the message that it went out with before, as this one certainly did not go out: who types it in has
 * read that one. Where another is on its way by now, the code stands for that, and not for this if that one fails too.
 */
export async function withdrawMessage(store: Store, message: Pick<MessagesTable, 'id' | 'recipient'>, flow: string) {
  await store.atomically([withdraw(store, { ...message, flow })], [message.recipient]);
}

const withdraw = statement<{ id: string; recipient: string; flow: string }>(
  (slot) => sql`update verification_codes
    set message_id = case when message_before = ${slot(({ id }) => id)} then message_id else message_before end,
      message_before = null
    where flow = ${slot(({ flow }) => flow)} and recipient = ${slot(({ recipient }) => recipient)}
      and (message_before = ${slot(({ id }) => id)} or (message_id = ${slot(({ id }) => id)} and message_before is not null))`,
);

/** Raises one limit by itself, for a send that has begun. @returns whether there was room */
export async function raiseLimit(store: Store, limit: SendLimit, { id, now }: { id: string; now: number }) {
  const raise = { message: { id, created_at: now }, limits: [limit] };
  const [, raised] = await store.atomically([raiseLimits(store, raise), findRaised(store, raise)], [limit.key]);
  return raised.length > 0;
}

/** Gives back what a message that did not go out took from these limits, while their windows are still those. */
export async function giveBackSent(store: Store, limits: readonly SendLimit[], at: number): Promise<void> {
  const keys = limits.map(({ key }) => key).toSorted();
  const giving = keys.map((key) => giveBackOne(store, { key, at }));
  if (keys.length > 0) await store.atomically(giving, keys);
}

const giveBackOne = statement<{ key: string; at: number }>(
  (slot) => sql`update send_limits set sends = sends - 1
    where key = ${slot(({ key }) => key)} and sends > 0 and window_started_at <= ${slot(({ at }) => at)}`,
);

/** What raises limits and caps: the send with this id, at this time. */
type Raise = {
  message: Pick<MessagesTable, 'id' | 'created_at' | 'cost'>;
  limits: readonly SendLimit[];
  caps?: readonly Cap[];
};

const shapeOf = ({ limits, caps = [] }: Raise) => `${limits.length}/${caps.length}`;
const spendOf = ({ message, caps = [] }: Raise): Spend => ({ id: message.id, cost: message.cost ?? 0, caps });
const idOf = ({ message }: Raise) => message.id;
const limitKey = ({ text }: Parts<Raise>, index: number) => text(({ limits }) => limits[index]?.key);

/** Raises every limit, or none where one of them or a cap is full. */
const raiseLimits = joint<Raise>(
  idOf,
  (parts, { limits, caps = [] }) => {
    const { unit, whole, given } = parts;
    const now = whole(({ message }) => message.created_at);
    const all = limits.map((_, index) => ({
      key: limitKey(parts, index),
      max: whole(({ limits }) => limits[index]?.maxSends),
      window: whole(({ limits }) => limits[index]?.windowMs),
    }));
    const rows = all.map(({ key, max, window }) => sql`(${key}, ${now}, 1, ${max}, ${window}, ${unit})`);
    const full = all.map(
      ({ key, max, window }) => sql`exists (select 1 from send_limits
        where key = ${key} and sends >= ${max} and not ${windowIsOver('send_limits', now, window)})`,
    );
    const over = windowIsOver('send_limits', sql`excluded.window_started_at`, sql`excluded.window_ms`);
    return sql`
      insert into send_limits (key, window_started_at, sends, max_sends, window_ms, last_send_id)
      select raised.* from ${given('given, lateral')} (values ${sql.join(rows)}) as raised
      where not (${sql.join([...full, ...fullCaps(parts, caps.length, spendOf)], sql` or `)})
      on conflict (key) do update set
        window_started_at = case when ${over} then excluded.window_started_at else send_limits.window_started_at end,
        sends = case when ${over} then 1 else send_limits.sends + 1 end,
        max_sends = excluded.max_sends, window_ms = excluded.window_ms, last_send_id = excluded.last_send_id`;
  },
  shapeOf,
);

/** Whether this send has raised its limits: all of them carry the stamp of its message, and so does the first. */
const isRaised = (parts: Parts<Raise>) => sql`exists (select 1 from send_limits
  where key = ${limitKey(parts, 0)} and last_send_id = ${parts.unit})`;

const findRaised = joint<Raise>(
  idOf,
  (parts) => sql`select ${parts.unit} as unit ${parts.given('from given')} where ${isRaised(parts)}`,
);

const raiseSpent = joint<Raise, Spent>(
  idOf,
  (parts, { limits, caps = [] }) =>
    raisingSpendings(parts, caps.length, spendOf, limits.length > 0 ? isRaised(parts) : undefined),
  shapeOf,
);

/** Only where this send was granted: it has raised everything that it counts under. */
const replaceCode = joint<Send, { seed: string | null }>(
  idOf,
  (parts, { limits, caps = [] }) => {
    const { unit, text, whole, given } = parts;
    const granted = limits.length > 0 ? isRaised(parts) : caps.length > 0 ? isSpent(parts, spendOf) : sql`1 = 1`;
    const now = whole(({ message }) => message.created_at);
    const purpose = text(({ code }) => code.making?.purpose);
    const digest = text(({ code }) => code.digest);
    const isKept = sql`(verification_codes.made_for = ${purpose} || '/' || verification_codes.digest
      and verification_codes.used_at is null and verification_codes.expires_at > excluded.created_at
      and verification_codes.made_at >= ${whole(({ code }) => code.making?.madeSince)}
      and verification_codes.made_at <= excluded.created_at + ${sql.lit(clockToleranceMs)}
      and verification_codes.tries < ${whole(({ code }) => code.making?.maxTries)})`;
    // Of those that brought the code, one that is out: the last may still fail, however many are on their way.
    const before = sql`(select case state when 'sending' then coalesce(verification_codes.message_before, id)
        when 'failed' then verification_codes.message_before when 'suppressed' then verification_codes.message_before else id end
      from messages where id = verification_codes.message_id)`;
    const columns = ['digest', 'seed', 'made_for', 'made_at', 'tries'].map((column) => ({
      column: sql.ref(column),
      value: sql`case when is_kept then ${sql.ref(`verification_codes.${column}`)} else ${sql.ref(`excluded.${column}`)} end`,
    }));
    return sql`
      insert into verification_codes (flow, recipient, digest, seed, made_for, made_at, message_id, tries, created_at,
        expires_at)
      select ${text(({ code }) => code.flow)}, ${text(({ message }) => message.recipient)}, ${digest},
        ${text(({ code }) => code.making?.seed)}, ${purpose} || '/' || ${digest}, ${now}, ${unit}, 0, ${now},
        ${whole(({ code }) => code.expiresAt)}
      ${given('from given')} where ${granted}
      on conflict (flow, recipient) do update set
        (${sql.join(columns.map(({ column }) => column))}, message_before) = (
          select ${sql.join(columns.map(({ value }) => value))}, case when is_kept then ${before} else null end
          from (select ${isKept} as is_kept ${given('from given where given.unit = excluded.message_id')}) as looked),
        message_id = excluded.message_id, created_at = excluded.created_at, expires_at = excluded.expires_at,
        used_at = null, last_check_id = null
      returning seed, message_id as unit`;
  },
  shapeOf,
);

/**
 * Replaces the pending code of a recipient to whom nothing is sent.
 * @returns milliseconds until the wait between two messages is over; 0 when the code is replaced
 */
export async function keepCode(store: Store, { id, recipient, now, code, wait }: KeptCode): Promise<number> {
  const limits = wait ? [wait] : [];
  const send: Send = { message: { id, recipient, created_at: now } as MessagesTable, code, limits };
  const locks = [recipient, ...limits.map(({ key }) => key)];
  const raising = wait ? [raiseLimits(store, send)] : [];
  const results = await store.atomically([...raising, replaceCode(store, send)], locks);
  if ((results.at(-1) ?? []).length > 0) return 0;
  const [rows] = await store.atomically([listUsage(store, send)], locks);
  return Math.max(1, longestFull(rows, limits, now)?.waitMs ?? 0);
}

/** A code that goes nowhere, under an id of its own in place of that of a message. */
type KeptCode = { id: string; recipient: string; now: number; code: Send['code']; wait: SendLimit | undefined };

/** Only where it was granted: then the pending code is its own. */
const recordMessage = joint<Send>(idOf, ({ unit, text, whole, given }) => {
  const recipient = text(({ message }) => message.recipient);
  const flow = text(({ code }) => code.flow);
  const texts = [
    'country',
    'usage_type',
    'locale',
    'factory_id',
    'connector_id',
    'state',
    'error',
    'asked',
    'cost_currency',
  ] as const;
  const numbers = ['created_at', 'updated_at', 'estimated_parts', 'cost', 'cost_is_estimated'] as const;
  const values = [
    ...texts.map((column) => text(({ message }) => message[column])),
    ...numbers.map((column) => whole(({ message }) => message[column])),
  ];
  return sql`
    insert into messages (id, recipient, ${sql.join([...texts, ...numbers].map((column) => sql.ref(column)))})
    select ${unit}, ${recipient}, ${sql.join(values)}
    ${given('from given')} where exists (select 1 from verification_codes
      where flow = ${flow} and recipient = ${recipient} and message_id = ${unit})`;
});

type Usage = { key: string; sends: number; window_started_at: number };

const listUsage = statement<Raise, Usage>((slot, _, { limits }) => {
  const keys = limits.map((_, index) => slot(({ limits }) => limits[index]?.key));
  return sql`select key, sends, window_started_at from send_limits where key in (${sql.join(keys)})`;
}, shapeOf);

/** The full limit that has no room for longest, and for how long. */
function longestFull(rows: readonly Usage[], limits: readonly SendLimit[], now: number) {
  const byKey = new Map(limits.map((limit) => [limit.key, limit]));
  const full = rows.flatMap(({ key, sends, window_started_at }) => {
    const { maxSends, windowMs } = byKey.get(key) as SendLimit;
    return sends < maxSends ? [] : { key, waitMs: Math.min(windowMs, window_started_at + windowMs - now) };
  });
  return full.toSorted((one, other) => other.waitMs - one.waitMs)[0];
}
