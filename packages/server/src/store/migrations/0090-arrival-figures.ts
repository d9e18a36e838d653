import { type Kysely, sql } from 'kysely';

const buckets = Array.from({ length: 24 }, (_, index) => index);
const times = ['delivered', 'verified'].flatMap((what) =>
  buckets.map((bucket) => `${what}_in_${bucket} bigint not null`),
);

/**
 * How messages arrived by the hour, and how long that took: how many of them in each of the buckets of
 * `arrival-times.ts`.
 */
const statements = [
  `create table arrival_figures (
    hour bigint not null, factory_id text not null, country text not null, network text not null,
    currency text not null, requested bigint not null, sent bigint not null, claimed bigint not null,
    delivered bigint not null, verified bigint not null, parts bigint not null, cost bigint not null,
    ${times.join(', ')},
    primary key (hour, factory_id, country, network, currency))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
