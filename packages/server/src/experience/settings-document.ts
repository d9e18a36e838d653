import type { ApiError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import type { Held } from '../store/held.ts';
import { type Replacement, readSetting, replaceSettings } from '../store/settings.ts';
import type { Store } from '../store/store.ts';

/** How a change is put on top of what holds; what was stored before a field existed lacks it. */
type Merge<Value> = (base: Value, change: unknown) => Value;

/** Everything that keeps what a change would come to from being so. */
type Refusals<Value> = (value: Value) => readonly ApiError[];

/** What a document of settings needs. */
export type SettingsDeps = { store: Store; platform: Platform; held: Held };

/** A document of settings, of which only what differs from the defaults has to be stored. */
export function createSettingsDocument<Value, Change>(
  { store, platform, held }: SettingsDeps,
  name: string,
  { defaults, merge, refusalsOf }: { defaults: Value; merge: Merge<Value>; refusalsOf: Refusals<Value> },
) {
  function changed(before: unknown, change: Change): Value {
    const after = merge(merge(defaults, before), change);
    const [refusal] = refusalsOf(after);
    if (refusal) throw refusal;
    return after;
  }

  const read = () => readSetting(store, name);

  /** What a change makes of the document as it is now. */
  async function plan(change: Change | ((value: Value) => Change)): Promise<Replacement & { after: Value }> {
    const before = await read();
    const wanted = change instanceof Function ? change(merge(defaults, before)) : change;
    return { name, before, after: changed(before, wanted) };
  }

  const readStored = async (): Promise<Value> => merge(defaults, await read());

  return {
    /** What holds, from memory. */
    read: held.value(readStored),

    /** The same as it is stored at this moment, for who changes it. */
    readStored,

    /** All that is wrong with a change. */
    refusals: async (change: Change): Promise<readonly ApiError[]> =>
      refusalsOf(merge(merge(defaults, await read()), change)),

    /** What a change would come to. */
    preview: async (change: Change): Promise<Value> => changed(await read(), change),

    plan,

    /**
     * Changes the document, and others with it: all of them or none. Somebody else's change in between is read again rather
     * than undone.
     * @param change or what makes one of what holds then
     * @param others what changes in other documents, planned anew for each try
     */
    async change(
      change: Change | ((value: Value) => Change),
      others: readonly (() => Promise<Replacement>)[] = [],
    ): Promise<Value> {
      for (;;) {
        const own = await plan(change);
        const replacements = [own, ...(await Promise.all(others.map((other) => other())))];
        if (await replaceSettings(store, replacements, platform.now())) return own.after;
      }
    },
  };
}
