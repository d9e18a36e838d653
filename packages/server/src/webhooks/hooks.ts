import type { ProviderFetch } from '@sesame/connector-kit';
import { ApiError } from '../errors.ts';
import { checkPublicHost, PrivateTarget } from '../network/public-addresses.ts';
import { newShortId, type Platform } from '../platform.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import type { Held } from '../store/held.ts';
import { deleteHook, insertHook, listHooks, updateHook } from '../store/hooks.ts';
import { sendAgain } from '../store/outbox.ts';
import type { Store } from '../store/store.ts';
import type { HookDeliveriesTable } from '../store/tables/webhooks.ts';
import {
  attemptsOf,
  countAttempts,
  type DeliveryFilter,
  findDelivery,
  listAttempts,
  listDeliveries,
} from '../store/webhook-log.ts';
import type { HookEvent } from './events.ts';
import { createHookSeal, type Hook, type HookConfig } from './hook.ts';
import { bodyOf, exampleOf, type ShowUser } from './payload.ts';
import { ask } from './request.ts';

/** Each has connections of its own at work. */
export const maxHooks = 32;
const dayMs = 86_400_000;

/** What is said of a webhook. */
export type HookFields = {
  name?: string | undefined;
  events: HookEvent[];
  config: HookConfig;
  enabled?: boolean | undefined;
};

type Deps = {
  store: Store;
  platform: Platform;
  held: Held;
  secretKeys: SecretKeys;
  showUser: ShowUser;
  fetch: ProviderFetch;
  /** Whether webhooks may be on private networks. */
  allowsPrivate: boolean;
  /** Has what is due delivered. */
  wake: () => void;
};

/** The webhooks, and what they were told. Unknown ids are `entity.not_found`. */
export function createHooks({ store, platform, held, secretKeys, showUser, fetch, allowsPrivate, wake }: Deps) {
  const { sealConfig, sealKey, open } = createHookSeal(secretKeys);
  const list = async (): Promise<Hook[]> => (await listHooks(store)).map(open);
  const heldHooks = held.value(list);
  const newKey = () => newShortId(platform, 32);

  /** @throws ApiError `hook.private_target` */
  function checkTarget({ url }: HookConfig): void {
    if (allowsPrivate) return;
    try {
      checkPublicHost(url);
    } catch (error) {
      throw error instanceof PrivateTarget ? new ApiError('hook.private_target') : error;
    }
  }

  async function get(id: string): Promise<Hook> {
    const hook = (await list()).find((one) => one.id === id);
    if (!hook) throw new ApiError('entity.not_found');
    return hook;
  }

  async function change(id: string, changes: Parameters<typeof updateHook>[2]): Promise<Hook> {
    if (Object.keys(changes).length === 0) return get(id);
    const row = await updateHook(store, id, changes);
    if (!row) throw new ApiError('entity.not_found');
    wake();
    return open(row);
  }

  return {
    list,
    get,

    /** Those that are switched on, from memory. */
    switchedOn: async (): Promise<Hook[]> => (await heldHooks()).filter(({ enabled }) => enabled),

    /** Whether any that is switched on wants to hear of an event, from memory. */
    isWanted: async (event: HookEvent): Promise<boolean> =>
      (await heldHooks()).some(({ enabled, events }) => enabled && events.includes(event)),

    /** @throws ApiError `hook.too_many`, `hook.private_target` */
    async create({ name = '', events, config, enabled = true }: HookFields): Promise<Hook> {
      checkTarget(config);
      const row = {
        id: newShortId(platform, 21),
        name,
        events: JSON.stringify(events),
        config: sealConfig(config),
        signing_key: sealKey(newKey()),
        enabled: Number(enabled),
        created_at: platform.now(),
      };
      if (!(await insertHook(store, row, maxHooks))) throw new ApiError('hook.too_many');
      return open(row);
    },

    /** Changes what is given. @throws ApiError `hook.private_target` */
    async update(id: string, { name, events, config, enabled }: Partial<HookFields>): Promise<Hook> {
      if (config) checkTarget(config);
      return change(id, {
        ...(name !== undefined && { name }),
        ...(events && { events: JSON.stringify(events) }),
        ...(config && { config: sealConfig(config) }),
        ...(enabled !== undefined && { enabled: Number(enabled) }),
      });
    },

    /** Gives a webhook another key; what is still to be delivered is signed with it. */
    replaceKey: (id: string): Promise<Hook> => change(id, { signing_key: sealKey(newKey()) }),

    async delete(id: string): Promise<void> {
      if (!(await deleteHook(store, id))) throw new ApiError('entity.not_found');
    },

    /**
     * Sends an example of each event at once, to a configuration that need not be saved.
     * @throws ApiError `hook.private_target`, `hook.endpoint_responded_with_error`, `hook.send_test_payload_failed`
     */
    async test(id: string, { events, config }: Pick<HookFields, 'events' | 'config'>): Promise<void> {
      const { signingKey } = await get(id);
      checkTarget(config);
      const now = platform.now();
      const answers = await Promise.all(
        events.map((event) => {
          const body = bodyOf(exampleOf(event, id, now), showUser);
          return ask({ fetch, platform }, { config, signingKey, body, eventId: `test.${event}` });
        }),
      );
      const failed = answers.find(({ status }) => status === null || status < 200 || status > 299);
      if (!failed) return;
      const { status, response, error } = failed;
      if (status === null) throw new ApiError('hook.send_test_payload_failed', { message: error });
      throw new ApiError('hook.endpoint_responded_with_error', { responseStatus: status, responseBody: response });
    },

    /** How many requests each webhook got within a day, and how many of them it took. */
    async stats() {
      const counted = await countAttempts(store, platform.now() - dayMs);
      return (id: string) => counted.get(id) ?? { requestCount: 0, successCount: 0 };
    },

    /** What a webhook was told and is to be told, newest first, with every attempt. */
    async deliveries(id: string, filter: DeliveryFilter, slice: { limit: number; offset: number }) {
      await get(id);
      const { rows, total } = await listDeliveries(store, id, filter, slice);
      const attempts = await attemptsOf(
        store,
        rows.map((row) => row.id),
      );
      const byDelivery = Map.groupBy(attempts, ({ delivery_id }) => delivery_id);
      return { deliveries: rows.map((row) => ({ row, attempts: byDelivery.get(row.id) ?? [] })), total };
    },

    /** One of them, with the body that is sent. */
    async delivery(id: string, deliveryId: string) {
      const row = await findDelivery(store, id, deliveryId);
      if (!row) throw new ApiError('entity.not_found');
      return { row, attempts: await attemptsOf(store, [row.id]), body: bodyOf(row, showUser) };
    },

    /** Has a delivery begin anew, whatever came of it. */
    async sendAgain(id: string, deliveryId: string): Promise<void> {
      if (!(await sendAgain(store, id, deliveryId, platform.now()))) throw new ApiError('entity.not_found');
      wake();
    },

    /** Attempts at a webhook, newest first; those of a day where no time is said. */
    async attempts(
      id: string,
      { from, until, event }: { from?: number | undefined; until?: number | undefined; event?: string | undefined },
      slice: { limit: number; offset: number },
    ) {
      await get(id);
      const now = platform.now();
      const range = { from: from ?? now - dayMs, until: until ?? now, event };
      const { rows, total } = await listAttempts(store, id, range, slice);
      const attempts = rows.map(({ payload, user_row, created_at: _, ...attempt }) => ({
        attempt,
        body: payload === null ? undefined : bodyOf(told(attempt, payload, user_row), showUser),
      }));
      return { attempts, total };
    },
  };
}
export type Hooks = ReturnType<typeof createHooks>;

const told = (
  { hook_id, event }: { hook_id: string; event: string },
  payload: string,
  user_row: HookDeliveriesTable['user_row'],
) => ({ hook_id, event, payload, user_row });
