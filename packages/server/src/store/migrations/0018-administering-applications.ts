import { type Kysely, sql } from 'kysely';

/** Machine-to-machine applications may call the Management API or not; those that are there go on doing it. */
const statements = [
  `alter table applications add column is_admin bigint not null default 0`,
  `update applications set is_admin = 1 where type = 'MachineToMachine'`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
