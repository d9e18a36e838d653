import { type CompiledQuery, type RawBuilder, type SqlBool, sql } from 'kysely';
import { type HourSums, hourMs, type Range, splitRange } from './hour-sums.ts';
import { between } from './listing.ts';
import type { Store } from './store.ts';
import type { FailureFiguresTable } from './tables/figures.ts';
import type { MessageState } from './tables/messages.ts';
import { isNoTest, placeOf } from './verification-figures.ts';

/** The messages that did not get through: of these states, and whose code was not answered all the same. */
const failedStates = ['failed', 'undelivered', 'unclear', 'suppressed'] as const satisfies MessageState[];
export type FailedState = (typeof failedStates)[number];

/** How many messages did not get through to where, what for, and why; nothing is an empty text. */
export type FailureKindFigures = Omit<FailureFiguresTable, 'hour'>;

/** The same messages, once by the hour (since the epoch) and once by everything else. */
export type FailureFigures = { byHour: { hour: number; messages: number }[]; byKind: FailureKindFigures[] };

/**
 * Counts the messages created from `from` up to, not including, `until` that did not get through, by one connector
 * factory or by all; tests are left out. An hour or a kind may come more than once.
 */
export async function countFailures(
  store: Store,
  { factoryId, ...range }: Range & { factoryId?: string | undefined },
): Promise<FailureFigures> {
  const { rest, first, end } = await splitRange(store, failureFigures, range);
  const counted = rest.filter((row) => factoryId === undefined || row.factory_id === factoryId);
  const summed = store.reader
    .selectFrom('failure_figures')
    .select(sql<number>`cast(sum(messages) as bigint)`.as('messages'))
    .where('hour', '>=', first)
    .where('hour', '<', end)
    .$if(factoryId !== undefined, (query) => query.where('factory_id', '=', factoryId ?? ''));
  const byHour = await summed.select('hour').groupBy('hour').execute();
  const byKind = await summed
    .select(kindColumns)
    .select((row) => row.fn.max('message').as('message'))
    .groupBy(kindColumns)
    .execute();
  return { byHour: [...byHour, ...counted], byKind: [...byKind, ...counted] };
}

const kindColumns = [
  'factory_id',
  'country',
  'usage_type',
  'state',
  'code',
  'kind',
  'provider_code',
] as const satisfies (keyof FailureFiguresTable)[];

/** Why the messages of an hour did not get through. */
export const failureFigures: HourSums<FailureFiguresTable> = {
  setting: 'failure-figures',
  table: 'failure_figures',
  firstAt: async ({ db }, from) => {
    // One look into the index for each state.
    const firsts = failedStates.map(
      (state) => sql`select min(created_at) as at from messages
        where state = ${sql.lit(state)} and state <> 'accepted' and created_at >= ${from}`,
    );
    const first = sql<{
      at: number | null;
    }>`select min(at) as at from (${sql.join(firsts, sql` union all `)}) as firsts`;
    return (await first.execute(db)).rows[0]?.at ?? undefined;
  },
  count: async ({ reader, kind }, range) => {
    const figures = sql<Omit<FailureFiguresTable, 'hour'>>`
      select factory_id, country, usage_type, state, code, kind, provider_code,
        count(*) as messages, max(message) as message from (
        select coalesce(factory_id, '') as factory_id, ${placeOf} as country, usage_type, state,
          ${errorText(kind, 'code')} as code, ${errorText(kind, 'kind')} as kind,
          ${errorText(kind, 'providerCode')} as provider_code, ${errorText(kind, 'message')} as message
        from messages
        where state in (${sql.join(failedStates.map((state) => sql.lit(state)))}) and state <> 'accepted'
          and ${between('created_at', range) ?? sql<SqlBool>`1 = 1`} and verified_at is null and ${isNoTest}
      ) as failures group by factory_id, country, usage_type, state, code, kind, provider_code`;
    const { rows } = await figures.execute(reader);
    return rows.map((row) => ({
      hour: Math.floor(range.from / hourMs),
      ...row,
      code: plain(kind, row.code),
      provider_code: plain(kind, row.provider_code),
      message: plain(kind, row.message),
    }));
  },
  keep: ({ db }, { messages, message, ...key }) =>
    db
      .insertInto('failure_figures')
      .values({ ...key, messages, message })
      .onConflict((conflict) => conflict.columns(['hour', ...kindColumns]).doUpdateSet({ messages, message }))
      .compile() as CompiledQuery<unknown>,
};

/**
 * A text of what went wrong, empty where there is none. PostgreSQL reads it out of the JSON by a pattern, escapes and all:
 * it refuses to parse those of some characters, and what a provider says may have any.
 */
const errorText = (database: Store['kind'], name: string): RawBuilder<string> =>
  database === 'SQLite'
    ? sql<string>`coalesce(cast(error ->> ${sql.lit(`$.${name}`)} as text), '')`
    : sql<string>`coalesce(substring(error from ${sql.lit(`"${name}":"((?:[^"\\\\]|\\\\.)*)"`)}), '')`;

/** The text without escapes, and without the one character that PostgreSQL does not keep. */
const plain = (database: Store['kind'], text: string): string =>
  (database === 'SQLite' ? text : (JSON.parse(`"${text}"`) as string)).replaceAll('\0', '').toWellFormed();
