import { type Kysely, sql } from 'kysely';

/** What the guard stopped, an attack each: see `store/guard-attacks.ts`. */
const statements = [
  `create table guard_attacks (
    id text primary key, country text not null, began_at bigint not null, last_at bigint not null,
    refused bigint not null, failed_checks bigint not null, recorded bigint not null)`,
  'create index guard_attacks_by_country on guard_attacks (country, last_at)',
  'create index guard_attacks_by_time on guard_attacks (began_at, id)',
  `create table guard_attack_parts (
    attack_id text not null, kind text not null, name text not null, stopped bigint not null,
    primary key (attack_id, kind, name))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
