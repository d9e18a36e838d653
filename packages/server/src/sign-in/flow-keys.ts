import { createHash } from 'node:crypto';
import { ApiError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import {
  findSignInFlow,
  flowLifetimeMs,
  insertingSignInFlow,
  lockOf,
  type SignInFlowKey,
} from '../store/sign-in-flows.ts';
import type { Alongside, Store } from '../store/store.ts';
import type { FlowEvent, SignInFlowsTable } from '../store/tables/sign-ins.ts';

/** A flow, and the key that came with the request; `seen` where it was read with that key a moment ago. */
export type FlowAccess = { id: string; key: string | undefined; seen?: SignInFlowsTable | undefined };

const digestOf = (key: string) => createHash('sha256').update(key).digest('base64');

/** Who may go on with which flow: the browser that holds its key; see docs/decisions/0003-sign-in-flow.md. */
export function createFlowKeys({ store, platform }: { store: Store; platform: Platform }) {
  const newKey = () => {
    const key = platform.randomBytes(32).toString('base64url');
    return { key, key_digest: digestOf(key) };
  };
  const toStored = ({ id, key = '' }: FlowAccess): SignInFlowKey => ({
    id,
    keyDigest: digestOf(key),
    now: platform.now(),
  });

  return {
    now: platform.now,
    newKey,
    toStored,

    /**
     * What makes the flow of a new interaction. @param known who it is already, if anybody, by what verification
     * @returns its key, too, for the browser alone
     */
    begin(
      id: string,
      event: FlowEvent,
      known: Pick<SignInFlowsTable, 'user_id' | 'verification_id'> = { user_id: null, verification_id: null },
    ): Alongside & { key: string } {
      const { key, key_digest } = newKey();
      const now = platform.now();
      const nothing = {
        second_verification_id: null,
        trusts_device: 0,
        phone_verification_id: null,
        email_verification_id: null,
        authenticator_verification_id: null,
        backup_codes_id: null,
        username: null,
        password_digest: null,
        submitted_at: null,
      };
      const expires_at = now + flowLifetimeMs;
      const flow = { id, event, key_digest, ...nothing, ...known, created_at: now, expires_at };
      return { key, statements: [insertingSignInFlow(store, flow)], locks: lockOf(flow) };
    },

    /** @throws ApiError `session.not_found` for a flow that has ended, or a key that another has replaced */
    async load(access: FlowAccess): Promise<SignInFlowsTable> {
      const { seen } = access;
      // Whoever looks again wants to know what has become of it.
      access.seen = undefined;
      const flow = seen ?? (await findSignInFlow(store, toStored(access)));
      if (!flow) throw new ApiError('session.not_found');
      return flow;
    },
  };
}
export type FlowKeys = ReturnType<typeof createFlowKeys>;
