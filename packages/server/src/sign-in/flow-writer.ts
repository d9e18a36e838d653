import type { CompiledQuery } from 'kysely';
import { ApiError } from '../errors.ts';
import { isUnmet } from '../store/requirement.ts';
import {
  changeSignInFlow,
  lockOf,
  requireInSignInFlow,
  type SignInFlowChanges,
  type SignInFlowSeen,
} from '../store/sign-in-flows.ts';
import { nothingAlongside, type Store } from '../store/store.ts';
import type { FlowAccess, FlowKeys } from './flow-keys.ts';

/** What the verifications of a flow belong to. */
export const subjectOf = ({ id }: { id: string }): string => `flow:${id}`;

/** Writes to flows, each time only for the right key, and while the flow still is what the caller has seen. */
export function createFlowWriter({ store, keys }: { store: Store; keys: FlowKeys }) {
  /**
   * @param alongside statements of the same transaction that do nothing where the flow was not changed, and what they
   *   contend for
   * @throws ApiError `session.not_found`
   */
  async function change(
    access: FlowAccess,
    seen: SignInFlowSeen,
    changes: SignInFlowChanges,
    alongside = nothingAlongside,
  ): Promise<void> {
    const changing = changeSignInFlow(store, keys.toStored(access), seen, changes);
    const [changed] = await store.atomically(
      [changing, ...alongside.statements],
      [...lockOf(access), ...alongside.locks],
    );
    if (changed.length === 0) throw new ApiError('session.not_found');
  }

  return {
    change,

    /**
     * The statements for a transaction with others, which is undone when the flow is no longer what it was; see
     * `orEnded`.
     * @param mark the change, to something never seen before, that shows that it was made
     */
    changing(
      access: FlowAccess,
      seen: SignInFlowSeen,
      changes: SignInFlowChanges,
      mark: 'user_id' | 'verification_id',
    ): CompiledQuery<unknown>[] {
      return [
        changeSignInFlow(store, keys.toStored(access), seen, changes),
        requireInSignInFlow(store, access.id, [mark, changes[mark] ?? '']),
      ];
    },

    /** What a transaction gives that changes a flow. @throws ApiError `session.not_found` where it was undone */
    async orEnded<T>(transaction: Promise<T>): Promise<T> {
      return transaction.catch((error: unknown) => {
        throw isUnmet(error) ? new ApiError('session.not_found') : error;
      });
    },

    /** Writes what was established. @param alongside in the same transaction @returns the new key */
    async establish(
      access: FlowAccess,
      seen: SignInFlowSeen,
      changes: SignInFlowChanges = {},
      alongside = nothingAlongside,
    ): Promise<string> {
      const { key, key_digest } = keys.newKey();
      await change(access, seen, { ...changes, key_digest }, alongside);
      return key;
    },
  };
}

export type FlowWriter = ReturnType<typeof createFlowWriter>;
