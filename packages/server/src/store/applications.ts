import type { Store } from './store.ts';
import type { ApplicationsTable, ApplicationType } from './tables/applications.ts';

/** What of an application can change. */
export type ApplicationChanges = Partial<Omit<ApplicationsTable, 'id' | 'type' | 'created_at' | 'updated_at'>> & {
  updated_at: number;
};

/** A page of applications, or of those of some types, newest first, and how many there are in all. */
export async function listApplications(
  { db }: Store,
  { limit, offset }: { limit: number; offset: number },
  types?: ApplicationType[],
): Promise<{ applications: ApplicationsTable[]; total: number }> {
  const all = db.selectFrom('applications');
  // PostgreSQL takes no empty list.
  const query = types ? all.where((where) => where.or(types.map((type) => where.eb('type', '=', type)))) : all;
  const [applications, { total }] = await Promise.all([
    query.selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).offset(offset).execute(),
    query.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ]);
  return { applications, total };
}

export function findApplication({ db }: Store, id: string): Promise<ApplicationsTable | undefined> {
  return db.selectFrom('applications').selectAll().where('id', '=', id).executeTakeFirst();
}

/** @returns whether the id was free */
export async function insertApplication({ db }: Store, application: ApplicationsTable): Promise<boolean> {
  const inserted = await db
    .insertInto('applications')
    .values(application)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/**
 * Changes an application. With `onlyIf`, only while it still is so.
 * @returns the application as it is then; `undefined` where nothing was changed
 */
export function updateApplication(
  { db }: Store,
  id: string,
  changes: ApplicationChanges,
  onlyIf: Partial<Pick<ApplicationsTable, 'oidc_client_metadata' | 'custom_data' | 'type' | 'is_admin'>> = {},
): Promise<ApplicationsTable | undefined> {
  return db
    .updateTable('applications')
    .set(changes)
    .where((where) => where.and({ id, ...onlyIf }))
    .returningAll()
    .executeTakeFirst();
}

/** @returns whether there was one */
export async function deleteApplication({ db }: Store, id: string): Promise<boolean> {
  const deleted = await db.deleteFrom('applications').where('id', '=', id).returning('id').executeTakeFirst();
  return deleted !== undefined;
}

/** What became of an application that was to be there with a secret. */
export type SeedOutcome = 'created' | 'changed' | 'same';

/** Inserts the application; one with its id that is there already only gets the secret, if that differs. */
export async function insertApplicationOrSetSecret(
  { db }: Store,
  application: ApplicationsTable,
): Promise<SeedOutcome> {
  const { secret_digest, created_at, updated_at } = application;
  const stored = await db
    .insertInto('applications')
    .values(application)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ secret_digest, updated_at })
        .where((where) => where.eb('applications.secret_digest', 'is distinct from', secret_digest)),
    )
    .returning('created_at')
    .executeTakeFirst();
  if (!stored) return 'same';
  return stored.created_at === created_at ? 'created' : 'changed';
}
