import type { Platform } from '../platform.ts';
import { abandonedBefore, deleteExpired } from '../store/expired.ts';
import { settleAbandonedMessages } from '../store/messages.ts';
import type { Store } from '../store/store.ts';

type Deps = {
  store: Store;
  platform: Platform;
  signingKeys: { rotateWhenOlderThan: (milliseconds: number) => Promise<void> };
  messageRetentionDays: number;
  onError: (error: unknown) => void;
};

const intervalMs = 60_000;
const dayMs = 86_400_000;
/** How long a key signs tokens. */
const signingKeyDays = 90;

/** Settles messages that a crash left in flight, changes signing keys in time, and deletes what has expired; once. */
export async function keepHouse(deps: Omit<Deps, 'onError'>): Promise<void> {
  const { store, platform, signingKeys, messageRetentionDays } = deps;
  const now = platform.now();
  await settleAbandonedMessages(store, abandonedBefore(now), now);
  await signingKeys.rotateWhenOlderThan(signingKeyDays * dayMs);
  await deleteExpired(store, { now, messagesMs: messageRetentionDays === 0 ? null : messageRetentionDays * dayMs });
}

/** Keeps house at once and every minute. @returns a function that stops it and waits for a run under way */
export function startHousekeeping({ onError, ...deps }: Deps): () => Promise<void> {
  let running: Promise<void> = keepHouse(deps).catch(onError);
  const timer = setInterval(() => {
    running = running.then(() => keepHouse(deps)).catch(onError);
  }, intervalMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    return running;
  };
}
