import type { Platform } from '../platform.ts';
import { activityFigures } from '../store/activity-figures.ts';
import { arrivalFigures } from '../store/arrival-figures.ts';
import { costFigures } from '../store/cost-figures.ts';
import { abandonedBefore, deleteExpired } from '../store/expired.ts';
import { failureFigures } from '../store/failure-figures.ts';
import { listHooks } from '../store/hooks.ts';
import { type HourSums, sumUp, sumUpAgain } from '../store/hour-sums.ts';
import { settleAbandonedMessages } from '../store/messages.ts';
import { giveUpOldest } from '../store/outbox.ts';
import type { Slices } from '../store/slices.ts';
import type { Store } from '../store/store.ts';
import { messageFigures } from '../store/verification-figures.ts';

type Deps = {
  store: Store;
  platform: Platform;
  /** Told of a webhook of which so many events are not tried again: too many waited, or too long. */
  onGivenUp?: (hookId: string, events: number) => void;
  signingKeys: { rotateWhenOlderThan: (milliseconds: number) => Promise<void> };
  messageRetentionDays: number;
};

type Watching = {
  /** Whether the database still belongs to the secret key of this process. */
  isKeyOfDatabase: () => Promise<boolean>;
  /** Told where it does not: nobody could read what this process encrypts. */
  onOtherKey: () => void;
  onError: (error: unknown) => void;
  /** Looks for what somebody has to look after, and tells it. */
  watch?: () => Promise<void>;
};

const intervalMs = 60_000;
const dayMs = 86_400_000;
/** Longer than codes are good for, and than most reports of providers take. */
const messagesSettledMs = dayMs;
/** Longer than any report takes. */
const messagesReportedMs = 4 * dayMs;
/** Longer than a sign-in may wait before it is written. */
const signInsSettledMs = 5 * 60_000;
/** How long a key signs tokens. */
const signingKeyDays = 90;

/**
 * A few milliseconds of work, then a pause that is longer. SQLite works in the same thread as everything else, and
 * PostgreSQL for everybody.
 */
export const slicePace = { rows: 200, pauseMs: 20 };

/**
 * Settles messages that a crash left in flight, changes signing keys in time, deletes what has expired, and sums up
 * figures; once.
 */
export async function keepHouse(deps: Deps, isStopped = () => false): Promise<void> {
  const { store, platform, signingKeys, messageRetentionDays, onGivenUp = () => {} } = deps;
  const slices: Slices = {
    rows: slicePace.rows,
    async turn() {
      await platform.sleep(slicePace.pauseMs);
      return !isStopped();
    },
  };
  const now = platform.now();
  await settleAbandonedMessages(store, { createdBefore: abandonedBefore(now), now }, slices);
  await signingKeys.rotateWhenOlderThan(signingKeyDays * dayMs);
  const messagesMs = messageRetentionDays === 0 ? null : messageRetentionDays * dayMs;
  for (const { id: hookId } of await listHooks(store)) {
    const events = await giveUpOldest(store, { hookId, now }, slices);
    if (events > 0) onGivenUp(hookId, events);
  }
  await deleteExpired(store, { now, messagesMs }, slices);
  const settled = { createdBefore: now - messagesSettledMs, now };
  await sumUpMessages({ store, settled, slices, isStopped });
  const isKept = messagesMs === null || messagesMs > messagesReportedMs + dayMs;
  const reported = { createdBefore: now - messagesReportedMs, now };
  if (isKept) await sumUpMessages({ store, settled: reported, slices, isStopped, isAgain: true });
  if (!isStopped()) await sumUp(store, activityFigures, { createdBefore: now - signInsSettledMs, now }, slices);
}

type Summing = {
  store: Store;
  settled: { createdBefore: number; now: number };
  slices: Slices;
  isStopped: () => boolean;
  /** Whether hours are counted that were before. */
  isAgain?: boolean;
};

async function sumUpMessages({ store, settled, slices, isStopped, isAgain = false }: Summing): Promise<void> {
  const sum = <Row extends { hour: number }>(sums: HourSums<Row>) =>
    isStopped() ? undefined : (isAgain ? sumUpAgain : sumUp)(store, sums, settled, slices);
  await sum(messageFigures);
  await sum(failureFigures);
  await sum(costFigures);
  await sum(arrivalFigures);
}

/**
 * Keeps house and looks around at once and every minute, a slice at a time.
 * @returns a function that stops it and waits for the slice under way
 */
export function startHousekeeping({
  isKeyOfDatabase,
  onOtherKey,
  onError,
  watch = async () => {},
  ...deps
}: Deps & Watching): () => Promise<void> {
  let isStopped = false;
  let isWatching = false;
  /** Beside the rest: figures that take long to read, or too long, keep nothing from being done, and no stop waits. */
  const lookAround = async () => {
    if (isWatching) return;
    isWatching = true;
    await watch().catch(tell);
    isWatching = false;
  };
  const keep = async () => {
    if (isStopped) return;
    if (!(await isKeyOfDatabase())) return onOtherKey();
    void lookAround();
    await keepHouse(deps, () => isStopped);
  };
  // What a stop breaks off is no error.
  const tell = (error: unknown) => {
    if (!isStopped) onError(error);
  };
  const run = () => keep().catch(tell);
  let running = run();
  const timer = setInterval(() => {
    running = running.then(run);
  }, intervalMs);
  timer.unref();
  return () => {
    isStopped = true;
    clearInterval(timer);
    return running;
  };
}
