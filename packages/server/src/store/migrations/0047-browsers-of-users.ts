import { type Kysely, sql } from 'kysely';

/** Whether a browser has signed in again since is asked of each sign-in of a user. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`create index sign_ins_by_previous_device on sign_ins (user_id, previous_device)
      where previous_device is not null`)
    .execute(db);
}
