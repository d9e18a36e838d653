import { isOfKnownApplication, isOfModel } from './oidc-models.ts';
import { openedBy, type SignInFlowKey } from './sign-in-flows.ts';
import { statement } from './statement.ts';
import type { Store } from './store.ts';
import type { SignInFlowsTable } from './tables/sign-ins.ts';

/** What an application asked for, as JSON, and the flow that answers it, if the key is right. */
export type StoredSignInRequest = { payload: string; flow: SignInFlowsTable | undefined };

/** The request that a flow is for, while it is neither answered nor too old. */
export async function findSignInRequest(store: Store, key: SignInFlowKey): Promise<StoredSignInRequest | undefined> {
  const [found] = await store.run(find(store, key));
  if (!found) return undefined;
  const { payload, ...flow } = found;
  return { payload, flow: flow.id === null ? undefined : (flow as SignInFlowsTable) };
}

type Found = { payload: string } & { [Column in keyof SignInFlowsTable]: SignInFlowsTable[Column] | null };

const find = statement<SignInFlowKey, Found>((slot, db) =>
  db
    .selectFrom('oidc_models')
    .leftJoin('sign_in_flows', (join) => join.on(openedBy(slot)))
    .select('payload')
    .selectAll('sign_in_flows')
    .where(isOfModel('Interaction'))
    .where(
      'oidc_models.id',
      '=',
      slot(({ id }) => id),
    )
    .where(
      'oidc_models.expires_at',
      '>',
      slot(({ now }) => now),
    )
    .where('oidc_models.consumed_at', 'is', null)
    .where(isOfKnownApplication),
);
