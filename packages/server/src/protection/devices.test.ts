import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newDevices, strangerFrom } from '../../../../test/setup/clients.ts';
import { platform as testPlatform } from '../../../../test/setup/platform.ts';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { createPasswords } from '../accounts/passwords.ts';
import { createUsers, type Users } from '../accounts/users.ts';
import { createUserSessions } from '../oidc/sessions.ts';
import { deriveSecretKeys } from '../secrets/secret-keys.ts';
import type { Store } from '../store/store.ts';
import { createDevices, type Devices, deviceDays, maxAccountsPerDevice, signedIn } from './devices.ts';

const day = 24 * 60 * 60_000;

describe.each(databases)('devices on %s', (database) => {
  let store: Store;
  let devices: Devices;
  let users: Users;
  let now: number;
  beforeEach(async () => {
    store = await newStore(database);
    now = 1_800_000_000_000;
    const platform = { ...testPlatform, now: () => now };
    devices = newDevices(store, platform);
    users = createUsers({ store, platform, passwords: createPasswords(platform), devices });
  });
  afterEach(() => store.close());

  const stranger = strangerFrom('192.0.2.1');
  const phoneOf = (value: string) => ({ type: 'user', field: 'phone', value }) as const;
  const nameOf = (value: string) => ({ type: 'user', field: 'username', value }) as const;
  const withCookie = (cookie: string) => ({ ...stranger, marks: devices.read(cookie) });
  const after = (client: typeof stranger, id: string) => withCookie(devices.mark(client, { type: 'user', id }));
  const ali = { username: 'ali', primaryPhone: '+8613800138000' };

  test('remembers as many accounts with the longest ids', async () => {
    const ids = Array.from({ length: maxAccountsPerDevice }, (_, index) => String(index).padEnd(128, 'x'));
    const client = ids.reduce((before, id) => after(before, id), stranger);
    expect(client.marks.map(({ id }) => id)).toEqual(ids.toReversed());
  });

  test('a browser is known to the account that it has signed in to, by whatever that is called now', async () => {
    const { id } = await users.create(ali);
    await users.create({ username: 'cassim' });
    const client = after(stranger, id);
    const device = await devices.find(client, phoneOf(ali.primaryPhone));
    expect(device).toMatch(/^[\w-]{22}$/);
    expect(await devices.find(client, nameOf('ali'))).toBe(device);
    for (const other of ['cassim', 'nobody', '']) expect(await devices.find(client, nameOf(other))).toBeUndefined();
    expect(await devices.find(stranger, nameOf('ali'))).toBeUndefined();
    expect(await devices.find(client, { ...nameOf('ali'), type: 'administrator' })).toBeUndefined();

    await users.update(id, { primaryPhone: '+8613800138001' });
    expect(await devices.find(client, phoneOf('+8613800138001'))).toBe(device);
    expect(await devices.find(client, phoneOf(ali.primaryPhone))).toBeUndefined();
    await users.delete(id);
    expect(await devices.find(client, phoneOf('+8613800138001'))).toBeUndefined();
  });

  test('ending the sessions of an account makes strangers of its browsers', async () => {
    const { id } = await users.create({ ...ali, password: 'open sesame' });
    const before = after(stranger, id);
    now += 1;
    await createUserSessions({ store, platform: { ...testPlatform, now: () => now } }).endAll(id);
    expect(await devices.find(before, nameOf('ali'))).toBeUndefined();
    expect(await devices.find(after(before, id), nameOf('ali'))).toBeDefined();
    expect(await devices.find(signedIn(before, { type: 'user', id }, 'session:1'), nameOf('ali'))).toBe('session:1');
  });

  test('several accounts, a bounded number, the latest first; each sign-in counts anew', async () => {
    const ids = [];
    for (let index = 0; index <= maxAccountsPerDevice; index += 1) {
      ids.push((await users.create({ username: `user_${index}` })).id);
    }
    let client = stranger;
    for (const id of ids) client = after(client, id);
    expect(await devices.find(client, nameOf('user_0'))).toBeUndefined();
    for (let index = 1; index < ids.length; index += 1) {
      expect(await devices.find(client, nameOf(`user_${index}`))).toBeDefined();
    }
    const again = after(client, ids[3] ?? '');
    expect(await devices.find(again, nameOf('user_3'))).not.toBe(await devices.find(client, nameOf('user_3')));
    expect(again.marks).toHaveLength(maxAccountsPerDevice);
    expect(devices.mark(again, { type: 'user', id: ids[0] ?? '' }).length).toBeLessThan(2048);
  });

  test('a mark ends, and one under another key is none', async () => {
    const { id } = await users.create(ali);
    const cookie = devices.mark(stranger, { type: 'user', id });
    now += deviceDays * day - 1;
    expect(devices.read(cookie)).toHaveLength(1);
    now += 1;
    expect(devices.read(cookie)).toEqual([]);
    const secretKeys = deriveSecretKeys('another secret key, of another server');
    const forged = createDevices({ store, platform: testPlatform, secretKeys }).mark(stranger, { type: 'user', id });
    expect(devices.read(forged)).toEqual([]);
  });
});
