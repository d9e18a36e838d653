import type { Platform } from '../platform.ts';
import type { Store } from './store.ts';

/** How often the clock of the database is looked at, in milliseconds. */
const lookEveryMs = 5_000;

/** A clock that several processes have in common. */
export type CommonClock = Pick<Platform, 'now'> & {
  /** Looks at the database now. @throws when it does not answer */
  look: () => Promise<void>;
  stop: () => void;
};

/**
 * The clock that the processes of one database have in common: what somebody has proven at one, and what another one
 * ends, is told apart by time. It is as far from our own as the last look tells, as exactly as that took; where the two
 * agree that far, our own is left alone. SQLite has no other process, and no other clock.
 */
export async function followDatabaseClock(store: Store, { now }: Pick<Platform, 'now'>): Promise<CommonClock> {
  const { time } = store;
  if (!time) return { now, look: async () => {}, stop: () => {} };
  let aheadMs = 0;
  async function look(): Promise<void> {
    const before = now();
    const there = await (time as NonNullable<typeof time>)();
    const after = now();
    aheadMs = Math.min(Math.max(aheadMs, there - after), there - before);
  }
  await look();
  let isUnderWay = false;
  const lookAgain = async () => {
    if (isUnderWay) return;
    isUnderWay = true;
    // A database that is away is asked again; until then the clocks go on as they are.
    await look().catch(() => {});
    isUnderWay = false;
  };
  const timer = setInterval(lookAgain, lookEveryMs).unref();
  return {
    now: () => Math.round(now() + aheadMs),
    look,
    stop: () => clearInterval(timer),
  };
}
