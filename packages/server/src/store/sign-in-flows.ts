import type { FlowEvent, SignInFlowsTable } from './schema.ts';
import type { Store } from './store.ts';

/** What may be written to a flow after it was made. */
export type SignInFlowChanges = Partial<
  Pick<SignInFlowsTable, 'event' | 'verification_id' | 'user_id' | 'username' | 'password_digest'>
>;

/** A flow, and the browser that may go on with it. */
export type SignInFlowKey = { id: string; browserDigest: string; now: number };

/** Makes a flow; one that is there already stays as it is. */
export async function insertSignInFlow({ db }: Store, flow: SignInFlowsTable): Promise<void> {
  await db
    .insertInto('sign_in_flows')
    .values(flow)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** The flow, if it belongs to the browser and has not expired. */
export function findSignInFlow({ db }: Store, key: SignInFlowKey): Promise<SignInFlowsTable | undefined> {
  return db
    .selectFrom('sign_in_flows')
    .selectAll()
    .where('id', '=', key.id)
    .where('browser_digest', '=', key.browserDigest)
    .where('expires_at', '>', key.now)
    .executeTakeFirst();
}

/** Gives a flow to a browser, unless something was proven in it already. */
export async function bindSignInFlow({ db }: Store, { id, browserDigest, now }: SignInFlowKey): Promise<void> {
  await db
    .updateTable('sign_in_flows')
    .set({ browser_digest: browserDigest })
    .where('id', '=', id)
    .where('is_proven', '=', 0)
    .where('expires_at', '>', now)
    .execute();
}

/** Writes to a flow while its event is still the one that the caller has seen. @returns whether it was */
export async function updateSignInFlow(
  { db }: Store,
  { id, browserDigest, now }: SignInFlowKey,
  event: FlowEvent,
  changes: SignInFlowChanges,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sign_in_flows')
    .set(changes)
    .where('id', '=', id)
    .where('browser_digest', '=', browserDigest)
    .where('expires_at', '>', now)
    .where('event', '=', event)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Something was proven in the flow: it and every other flow of the browser answer to a new digest only. */
export async function proveSignInFlow(
  store: Store,
  { id, browserDigest }: SignInFlowKey,
  newDigest: string,
): Promise<void> {
  const { db } = store;
  await store.atomically([
    db
      .updateTable('sign_in_flows')
      .set({ is_proven: 1 })
      .where('id', '=', id)
      .where('browser_digest', '=', browserDigest)
      .compile(),
    db
      .updateTable('sign_in_flows')
      .set({ browser_digest: newDigest })
      .where('browser_digest', '=', browserDigest)
      .compile(),
  ]);
}

/** Whether something was proven in the flow, by this browser. */
export async function isProvenBy(store: Store, key: SignInFlowKey): Promise<boolean> {
  return (await findSignInFlow(store, key))?.is_proven === 1;
}
