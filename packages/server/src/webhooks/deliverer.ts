import type { ProviderFetch } from '@sesame/connector-kit';
import { newId, type Platform } from '../platform.ts';
import { claimDeliveries, nextDueAt, recordAttempt, switchingHookOff } from '../store/outbox.ts';
import type { Store } from '../store/store.ts';
import type { HookDeliveriesTable } from '../store/tables/webhooks.ts';
import { waitAfter } from './backoff.ts';
import type { Hook } from './hook.ts';
import { bodyOf, type ShowUser } from './payload.ts';
import { ask, type HookAnswer, timeoutMs } from './request.ts';

/** Each webhook has so many requests at a time: one that hangs holds up itself alone. */
export const maxAtOnce = 4;
/** Longer than a request may take, and than its record. After that it may be another process's. */
const leaseMs = timeoutMs + 50_000;
/** How long it may take until another process takes on what one has left, beside the lease. */
const pollMs = 10_000;
const gone = 410;

type Deps = {
  store: Store;
  platform: Platform;
  fetch: ProviderFetch;
  showUser: ShowUser;
  /** The webhooks that are switched on, from memory. */
  switchedOn: () => Promise<Hook[]>;
  /** Told of a webhook that was switched off because it is gone, and of what kept deliveries from being looked for. */
  onGone?: (hookId: string) => void;
  onError?: (error: unknown) => void;
};

/**
 * Delivers what is in the outbox, at least once. A process takes on a few deliveries of each webhook under a lease, and
 * more as requests end. What one leaves behind, another takes on when the lease is over.
 */
export function createDeliverer({ store, platform, fetch, showUser, switchedOn, onGone, onError = () => {} }: Deps) {
  const underWay = new Map<string, Set<Promise<void>>>();
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let isStarted = false;
  let isStopped = false;
  let looking: Promise<void> | undefined;
  let isAskedAgain = false;

  const ofHook = (id: string) => underWay.get(id) ?? new Set();
  const free = (id: string) => maxAtOnce - ofHook(id).size;

  async function record(row: HookDeliveriesTable, answer: HookAnswer): Promise<void> {
    const { status, error, response, retryAfter, durationMs } = answer;
    const now = platform.now();
    const attempt = {
      ...{ id: newId(platform), delivery_id: row.id, hook_id: row.hook_id, event: row.event },
      ...{ at: now - durationMs, duration_ms: durationMs, status, error, response },
    };
    if (status !== null && status >= 200 && status < 300) {
      return recordAttempt(store, row, attempt, { state: 'delivered', next_at: now, ended_at: now });
    }
    // What a stop broke off counts for nothing: another process, or the next start, takes it on at once.
    if (status === null && stopping.signal.aborted) {
      return recordAttempt(store, row, undefined, {
        ...{ state: 'waiting', next_at: now, ended_at: null, tries: Math.max(0, row.tries - 1) },
      });
    }
    const wait = status === gone ? undefined : waitAfter(row.tries, retryAfter, platform);
    const after =
      wait === undefined
        ? ({ state: 'failed', next_at: now, ended_at: now } as const)
        : ({ state: 'waiting', next_at: now + wait, ended_at: null } as const);
    await recordAttempt(store, row, attempt, after, status === gone ? [switchingHookOff(store, row.hook_id)] : []);
    if (status === gone) onGone?.(row.hook_id);
  }

  async function deliver({ config, signingKey }: Hook, row: HookDeliveriesTable): Promise<void> {
    const request = { config, signingKey, body: bodyOf(row, showUser), eventId: row.event_id };
    await record(row, await ask({ fetch, platform }, request, stopping.signal));
  }

  /** Takes on what is due, as far as there are hands. @returns whether there was any */
  async function takeOn(): Promise<boolean> {
    let isAny = false;
    for (const hook of await switchedOn()) {
      const limit = free(hook.id);
      if (limit <= 0 || isStopped) continue;
      const now = platform.now();
      const claim = { hookId: hook.id, lease: newId(platform), limit, now, until: now + leaseMs };
      const rows = await claimDeliveries(store, claim);
      isAny ||= rows.length > 0;
      for (const row of rows) track(hook.id, deliver(hook, row).catch(onError));
    }
    return isAny;
  }

  function track(hookId: string, work: Promise<void>): void {
    const works = ofHook(hookId);
    underWay.set(hookId, works);
    works.add(work);
    void work.then(() => {
      works.delete(work);
      wake();
    });
  }

  async function look(): Promise<void> {
    do {
      isAskedAgain = false;
      await takeOn();
    } while (isAskedAgain && !isStopped);
    await schedule();
  }

  /** Wakes when the next is due: that of another process's lease, at the latest when it may have left something behind. */
  async function schedule(): Promise<void> {
    if (!isStarted || isStopped) return;
    const waiting = (await switchedOn()).filter(({ id }) => free(id) > 0).map(({ id }) => id);
    const next = await nextDueAt(store, waiting, platform.now());
    const wait = next === undefined ? pollMs : Math.min(pollMs, Math.max(20, next - platform.now()));
    clearTimeout(timer);
    timer = setTimeout(wake, wait);
    timer.unref();
  }

  function wake(): void {
    isAskedAgain = true;
    if (!isStarted || looking || isStopped) return;
    looking = look()
      .catch((error: unknown) => {
        isAskedAgain = false;
        onError(error);
        clearTimeout(timer);
        timer = setTimeout(wake, pollMs);
        timer.unref();
      })
      .finally(() => {
        looking = undefined;
        if (isAskedAgain) wake();
      });
  }

  const settled = async () => {
    while ([...underWay.values()].some(({ size }) => size > 0)) {
      await Promise.all([...underWay.values()].flatMap((works) => [...works]));
    }
  };

  return {
    wake,

    /** Delivers all that is due now, in place of `start`: for whoever is the clock. */
    async turn(): Promise<void> {
      while (await takeOn()) await settled();
    },

    start(): void {
      isStarted = true;
      wake();
    },

    /** Takes on nothing more. Requests under way have so many milliseconds, then they are left to others. */
    async stop(patienceMs: number): Promise<void> {
      isStopped = true;
      clearTimeout(timer);
      const impatience = setTimeout(() => stopping.abort(), patienceMs);
      await looking;
      await settled();
      clearTimeout(impatience);
      clearTimeout(timer);
    },
  };
}
export type Deliverer = ReturnType<typeof createDeliverer>;
