import type { Store } from './store.ts';
import type { SigningKeysTable } from './tables/sign-ins.ts';

/** A key as it is stored; of those whose time has come, the newest signs. */
export type StoredSigningKey = SigningKeysTable & {
  /** 1 for the first key, 2 for the next. As the primary key it lets only one process make the next key. */
  generation: number;
};

/** All keys, newest first. */
export async function listSigningKeys({ db }: Store): Promise<StoredSigningKey[]> {
  const rows = await db.selectFrom('signing_keys').selectAll().execute();
  return rows
    .map((row) => ({ ...row, generation: Number(row.id) }))
    .toSorted((one, other) => other.generation - one.generation);
}

/**
 * Adds the key of a generation, which signs from this time on, and retires the one before it then; does nothing where
 * the generation has its key already.
 */
export async function addSigningKey(
  { db, atomically }: Store,
  { generation, jwk }: { generation: number; jwk: string },
  effectiveAt: number,
): Promise<void> {
  const id = String(generation);
  await atomically([
    db
      .insertInto('signing_keys')
      .values({ id, jwk, created_at: effectiveAt, retired_at: null })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .compile(),
    db
      .updateTable('signing_keys')
      .set({ retired_at: effectiveAt })
      .where('id', '=', String(generation - 1))
      .where('retired_at', 'is', null)
      .compile(),
  ]);
}

export async function deleteSigningKey({ db }: Store, id: string): Promise<void> {
  await db.deleteFrom('signing_keys').where('id', '=', id).execute();
}

/** Deletes the keys that stopped signing before this time, in milliseconds. */
export async function deleteRetiredSigningKeys({ db }: Store, retiredBefore: number): Promise<void> {
  await db.deleteFrom('signing_keys').where('retired_at', '<', retiredBefore).execute();
}
