import type { Platform } from '../platform.ts';
import { readSetting, replaceSetting } from '../store/settings.ts';
import type { Store } from '../store/store.ts';

/** How a change is put on top of what holds; what was stored before a field existed lacks it. */
type Merge<Value> = (base: Value, change: unknown) => Value;

/** A document of settings, of which only what differs from the defaults has to be stored. */
export function createSettingsDocument<Value, Change>(
  { store, platform }: { store: Store; platform: Platform },
  name: string,
  { defaults, merge }: { defaults: Value; merge: Merge<Value> },
) {
  return {
    read: async (): Promise<Value> => merge(defaults, await readSetting(store, name)),

    /** What a change would come to. */
    preview: async (change: Change): Promise<Value> => merge(merge(defaults, await readSetting(store, name)), change),

    /** Somebody else's change in between is read again rather than undone. */
    async change(change: Change): Promise<Value> {
      for (;;) {
        const before = await readSetting(store, name);
        const after = merge(merge(defaults, before), change);
        if (await replaceSetting(store, name, { before, after }, platform.now())) return after;
      }
    },
  };
}
