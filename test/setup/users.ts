import { afterEach, beforeEach } from 'vitest';
import { createPasswords } from '../../packages/server/src/accounts/passwords.ts';
import { createUsers, type Users } from '../../packages/server/src/accounts/users.ts';
import type { Devices } from '../../packages/server/src/protection/devices.ts';
import type { Store } from '../../packages/server/src/store/store.ts';
import { newDevices } from './clients.ts';
import { platform as testPlatform } from './platform.ts';
import { type Database, newStore } from './stores.ts';

/** The room of users, on a store that is new in every test. */
export type UsersRig = {
  store: Store;
  devices: Devices;
  users: Users;
  /** What the clock says, which stands still until a test moves it. */
  now: number;
};

/** Makes one for the tests of a `describe`, in which this is called. */
export function useUsers(database: Database) {
  const rig = {} as UsersRig;
  const platform = { ...testPlatform, now: () => rig.now };
  /** The room again, made otherwise. */
  const usersWith = (changes: Partial<Parameters<typeof createUsers>[0]> = {}): Users => {
    const { store, devices } = rig;
    return createUsers({ store, platform, passwords: createPasswords(platform), devices, ...changes });
  };
  beforeEach(async () => {
    rig.store = await newStore(database);
    rig.now = 1_800_000_000_000;
    rig.devices = newDevices(rig.store, platform);
    rig.users = usersWith();
  });
  afterEach(() => rig.store.close());
  return Object.assign(rig, { platform, usersWith });
}
