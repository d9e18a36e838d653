import { type Kysely, sql } from 'kysely';

/**
 * How many users signed in in an hour, by the hour of their sign-in before; what that is good for is in
 * `activity-figures.ts`.
 */
const statements = [
  `create table activity_figures (
    hour bigint not null, previous_hour bigint not null, users bigint not null, primary key (hour, previous_hour))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
