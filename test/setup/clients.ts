import { platform as realPlatform } from '../../packages/server/src/platform.ts';
import type { Client, DeviceAccount } from '../../packages/server/src/protection/client.ts';
import { createDevices, type Devices } from '../../packages/server/src/protection/devices.ts';
import { deriveSecretKeys } from '../../packages/server/src/secrets/secret-keys.ts';
import type { Store } from '../../packages/server/src/store/store.ts';

/** Somebody whom the server does not know. */
export const strangerFrom = (address: string): Client => ({ address, marks: [] });

/** The room that knows browsers, with a key of its own. */
export const newDevices = (store: Store, platform = realPlatform): Devices =>
  createDevices({ store, platform, secretKeys: deriveSecretKeys('the secret key of tests for devices') });

/** A browser that has just signed in to an account. */
export const knownBrowser = (devices: Devices, account: DeviceAccount, address = '198.51.100.77'): Client => ({
  address,
  marks: devices.read(devices.mark(strangerFrom(address), account)),
});
