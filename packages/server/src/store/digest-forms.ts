import { sql } from 'kysely';
import type { Store } from './store.ts';

/** Digests of passwords that cost about the same: how many users have one, and one of them. */
export type DigestForm = { users: number; example: string };

/** How what users have as passwords is kept, by what such digests begin with before their salt; in the same order each time. */
export async function listDigestForms({ reader }: Pick<Store, 'reader'>): Promise<DigestForm[]> {
  const { rows } = await sql<{ users: number | string; example: string }>`
    select count(*) as users, min(password_digest) as example from (select password_digest, case
      when password_digest like '$2%' then substr(password_digest, 1, 7)
      when password_digest like '$%' then substr(password_digest, 1, 30)
      when password_digest like '[%' then substr(password_digest, 1, 10)
      else cast(length(password_digest) as text) end as form from users where password_digest is not null) as digests
    group by form order by form`.execute(reader);
  return rows.map(({ users, example }) => ({ users: Number(users), example }));
}
