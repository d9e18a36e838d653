import { sql } from 'kysely';
import type { Store } from './store.ts';
import type { AdministratorLinksTable, AdministratorsTable } from './tables/administrators.ts';

/** Keeps a link, in place of any earlier one of the same administrator. */
export async function replaceAdministratorLink(
  { db, atomically }: Store,
  link: AdministratorLinksTable,
): Promise<void> {
  await atomically([
    db.deleteFrom('administrator_links').where('administrator_id', '=', link.administrator_id).compile(),
    db.insertInto('administrator_links').values(link).compile(),
  ]);
}

/** Whose link this is, unless it has expired. */
export function findAdministratorLink({ db }: Store, tokenDigest: string, now: number) {
  return db
    .selectFrom('administrator_links as link')
    .innerJoin('administrators', 'administrators.id', 'link.administrator_id')
    .select(['administrators.id', 'administrators.username', 'administrators.role'])
    .where('link.token_digest', '=', tokenDigest)
    .where('link.expires_at', '>', now)
    .executeTakeFirst();
}

/**
 * Uses a link up: sets the password of its administrator, forgets their second step, which may be lost too, and ends the
 * sessions. Of several uses at once one succeeds.
 * @param useId unique to this use
 * @returns whose password it is now; `undefined` when the link was used, replaced, or has expired
 */
export async function useAdministratorLink(
  { db, atomically }: Store,
  {
    tokenDigest,
    useId,
    passwordDigest,
    now,
  }: { tokenDigest: string; useId: string; passwordDigest: string; now: number },
): Promise<Pick<AdministratorsTable, 'id' | 'username' | 'role'> | undefined> {
  const whose = db.selectFrom('administrator_links').select('administrator_id').where('last_use_id', '=', useId);
  const [, updated] = await atomically([
    sql`update administrator_links set last_use_id = ${useId}
      where token_digest = ${tokenDigest} and expires_at > ${now} and last_use_id is null`.compile(db),
    db
      .updateTable('administrators')
      .set({ password_digest: passwordDigest, updated_at: now })
      .where('id', 'in', whose)
      .returning(['id', 'username', 'role'])
      .compile(),
    db.deleteFrom('administrator_sessions').where('administrator_id', 'in', whose).compile(),
    db.deleteFrom('administrator_authenticators').where('administrator_id', 'in', whose).compile(),
    db.deleteFrom('administrator_recovery_codes').where('administrator_id', 'in', whose).compile(),
    db.deleteFrom('administrator_links').where('administrator_id', 'in', whose).compile(),
  ]);
  return updated[0];
}
