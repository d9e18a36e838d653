import type { ApiError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import type { Held } from '../store/held.ts';
import { readSetting, replaceSetting } from '../store/settings.ts';
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

  const readStored = async (): Promise<Value> => merge(defaults, await readSetting(store, name));

  return {
    /** What holds, from memory. */
    read: held.value(readStored),

    /** The same as it is stored at this moment, for who changes it. */
    readStored,

    /** All that is wrong with a change. */
    refusals: async (change: Change): Promise<readonly ApiError[]> =>
      refusalsOf(merge(merge(defaults, await readSetting(store, name)), change)),

    /** What a change would come to. */
    preview: async (change: Change): Promise<Value> => changed(await readSetting(store, name), change),

    /** Somebody else's change in between is read again rather than undone. */
    async change(change: Change): Promise<Value> {
      for (;;) {
        const before = await readSetting(store, name);
        const after = changed(before, change);
        if (await replaceSetting(store, name, { before, after }, platform.now())) return after;
      }
    },
  };
}
