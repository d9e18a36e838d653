import { LRUCache } from 'lru-cache';
import type { Platform } from '../platform.ts';
import { statement } from './statement.ts';
import type { Store } from './store.ts';

/** So many looks may be under way at once: those of a database that has gone silent must not take all connections. */
const mostLooks = 3;

/** How long it counts that nothing was changed elsewhere, in milliseconds. */
export const lookEveryMs = 250;

/** What is read of the database once and held in memory until any process changes a row of the held tables. */
export type Held = {
  /**
   * Holds what `read` makes of rows of the held tables, and of nothing else that changes. It is shared: nobody changes
   * it.
   */
  value: <T>(read: () => Promise<T>) => () => Promise<T>;
  /** The same for each key, for at most so many; what is not there is looked for each time. */
  values: <T>(max: number, read: (key: string) => Promise<T | undefined>) => (key: string) => Promise<T | undefined>;
  /** Has the next use look at the database, for who has met what is not here yet. */
  lookAgain: () => void;
};

/** A look at the stamp, and how many statements had changed something here before it began. */
type Look = { at: number; changes: number; stamp: Promise<string>; found?: string };

/**
 * Everything held goes with the stamp that was there before it was read, and is used while that is the same. A process
 * looks at the stamp before use, when the last look is too old or it has changed something itself: its own changes
 * count at once, those of others within `lookEveryMs`. A look that fails, fails for those who wait for it.
 */
export function createHeld({ store, platform }: { store: Store; platform: Pick<Platform, 'now'> }): Held {
  let last: Look | undefined;
  const underWay = new Set<Promise<string>>();

  /** A look that took so long that it says nothing of now is not used. */
  async function stamp(): Promise<string> {
    const found = await lookAt();
    return isFresh(last) ? found : lookAt();
  }

  const isFresh = (look: Look | undefined) => {
    const age = look ? platform.now() - look.at : Number.NaN;
    return age >= 0 && age < lookEveryMs;
  };

  const isCurrent = (look: Look | undefined): look is Look => look?.changes === store.changes() && isFresh(look);

  function lookAt(): Promise<string> {
    const [now, changes] = [platform.now(), store.changes()];
    if (isCurrent(last)) return last.stamp;
    if (underWay.size >= mostLooks) return Promise.race(underWay).then(lookAt);
    const look: Look = { at: now, changes, stamp: readStamp(store) };
    last = look;
    underWay.add(look.stamp);
    look.stamp.then(
      (found) => {
        look.found = found;
        underWay.delete(look.stamp);
      },
      () => {
        underWay.delete(look.stamp);
        if (last === look) last = undefined;
      },
    );
    return look.stamp;
  }

  function value<T>(read: () => Promise<T>): () => Promise<T> {
    let held: { stamp: string; value: Promise<T> } | undefined;
    async function look(): Promise<T> {
      const current = await stamp();
      if (held?.stamp === current) return held.value;
      const begun = { stamp: current, value: read() };
      held = begun;
      begun.value.catch(() => {
        if (held === begun) held = undefined;
      });
      return begun.value;
    }
    // Nearly always: several of these are read for each send.
    return () => (held && isCurrent(last) && last.found === held.stamp ? held.value : look());
  }

  function values<T>(max: number, read: (key: string) => Promise<T | undefined>) {
    const all = value(async () => new LRUCache<string, Promise<T | undefined>>({ max }));
    return async (key: string) => {
      const held = await all();
      const known = held.get(key);
      if (known) return known;
      const begun = read(key);
      held.set(key, begun);
      const forget = () => void (held.peek(key) === begun && held.delete(key));
      begun.then((found) => found === undefined && forget(), forget);
      return begun;
    };
  }

  return {
    value,
    values,
    lookAgain: () => {
      last = undefined;
    },
  };
}

/** Does not wait for late writes: none of them changes what is held. */
async function readStamp(store: Store): Promise<string> {
  const [row] = await store.run(findStamp(store, undefined));
  return row?.stamp ?? '';
}

const findStamp = statement<undefined, { stamp: string }>((_slot, db) => db.selectFrom('held_stamps').select('stamp'));
