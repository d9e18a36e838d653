import type { CompiledQuery } from 'kysely';
import { ApiError } from '../errors.ts';
import type { FlowEvent } from '../store/schema.ts';
import { changeSignInFlow, type SignInFlowChanges } from '../store/sign-in-flows.ts';
import type { Store } from '../store/store.ts';
import type { FlowAccess, FlowKeys } from './flow-keys.ts';

/** What the verifications of a flow belong to. */
export const subjectOf = ({ id }: { id: string }): string => `flow:${id}`;

/** Writes to flows, each time only for the right key and the event that the caller has seen. */
export function createFlowWriter({ store, keys }: { store: Store; keys: FlowKeys }) {
  const changing = (access: FlowAccess, event: FlowEvent, changes: SignInFlowChanges) =>
    changeSignInFlow(store, keys.toStored(access), event, changes);

  return {
    /** The statement, for a transaction with others. */
    changing,

    /** @param alongside further statements of the transaction @throws ApiError `session.not_found` */
    async change(
      access: FlowAccess,
      event: FlowEvent,
      changes: SignInFlowChanges,
      alongside: readonly CompiledQuery<unknown>[] = [],
    ): Promise<void> {
      const [changed] = await store.atomically([changing(access, event, changes), ...alongside]);
      if (changed?.length === 0) throw new ApiError('session.not_found');
    },

    /** Writes what was established. @returns the new key */
    async establish(access: FlowAccess, event: FlowEvent, changes: SignInFlowChanges = {}): Promise<string> {
      const { key, key_digest } = keys.newKey();
      await this.change(access, event, { ...changes, key_digest });
      return key;
    },
  };
}
export type FlowWriter = ReturnType<typeof createFlowWriter>;
