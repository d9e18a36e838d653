import type { OidcModelsTable } from './schema.ts';
import type { Store } from './store.ts';

/** What is read back of a record. */
export type StoredOidcModel = Pick<OidcModelsTable, 'payload' | 'consumed_at'>;

/** Where to look a record up. */
export type OidcModelKey = 'id' | 'uid' | 'user_code';

/** Writes a record; one that was consumed stays so. */
export async function upsertOidcModel({ db }: Store, record: Omit<OidcModelsTable, 'consumed_at'>): Promise<void> {
  const { model: _model, id: _id, ...changes } = record;
  await db
    .insertInto('oidc_models')
    .values({ ...record, consumed_at: null })
    .onConflict((conflict) => conflict.columns(['model', 'id']).doUpdateSet(changes))
    .execute();
}

export function findOidcModel(
  { db }: Store,
  model: string,
  key: OidcModelKey,
  value: string,
): Promise<StoredOidcModel | undefined> {
  return db
    .selectFrom('oidc_models')
    .select(['payload', 'consumed_at'])
    .where('model', '=', model)
    .where(key, '=', value)
    .executeTakeFirst();
}

/** Consumes a record. @returns true to one caller only, however many there are at once */
export async function consumeOidcModel({ db }: Store, model: string, id: string, now: number): Promise<boolean> {
  const consumed = await db
    .updateTable('oidc_models')
    .set({ consumed_at: now })
    .where('model', '=', model)
    .where('id', '=', id)
    .where('consumed_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return consumed !== undefined;
}

export async function deleteOidcModel({ db }: Store, model: string, id: string): Promise<void> {
  await db.deleteFrom('oidc_models').where('model', '=', model).where('id', '=', id).execute();
}

/** Deletes the records of a model that came from a grant. */
export async function deleteOidcModelsOfGrant({ db }: Store, model: string, grantId: string): Promise<void> {
  await db.deleteFrom('oidc_models').where('grant_id', '=', grantId).where('model', '=', model).execute();
}
