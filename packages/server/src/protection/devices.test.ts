import { describe, expect, test } from 'vitest';
import { strangerFrom } from '../../../../test/setup/clients.ts';
import { databases } from '../../../../test/setup/stores.ts';
import { useUsers } from '../../../../test/setup/users.ts';
import { createUserSessions } from '../oidc/sessions.ts';
import { deriveSecretKeys } from '../secrets/secret-keys.ts';
import { createDevices, deviceDays, maxAccountsPerDevice, signedIn } from './devices.ts';

const day = 24 * 60 * 60_000;

describe.each(databases)('devices on %s', (database) => {
  const rig = useUsers(database);

  const stranger = strangerFrom('192.0.2.1');
  const phoneOf = (value: string) => ({ type: 'user', field: 'phone', value }) as const;
  const nameOf = (value: string) => ({ type: 'user', field: 'username', value }) as const;
  const withCookie = (cookie: string) => ({ ...stranger, marks: rig.devices.read(cookie) });
  const after = (client: typeof stranger, id: string) => withCookie(rig.devices.mark(client, { type: 'user', id }));
  const ali = { username: 'ali', primaryPhone: '+8613800138000' };

  test('remembers as many accounts with the longest ids', async () => {
    const ids = Array.from({ length: maxAccountsPerDevice }, (_, index) => String(index).padEnd(128, 'x'));
    const client = ids.reduce((before, id) => after(before, id), stranger);
    expect(client.marks.map(({ id }) => id)).toEqual(ids.toReversed());
  });

  test('a browser is known to the account that it has signed in to, by whatever that is called now', async () => {
    const { id } = await rig.users.create(ali);
    await rig.users.create({ username: 'cassim' });
    const client = after(stranger, id);
    const device = await rig.devices.find(client, phoneOf(ali.primaryPhone));
    expect(device).toMatch(/^[\w-]{22}$/);
    expect(await rig.devices.find(client, nameOf('ali'))).toBe(device);
    for (const other of ['cassim', 'nobody', '']) expect(await rig.devices.find(client, nameOf(other))).toBeUndefined();
    expect(await rig.devices.find(stranger, nameOf('ali'))).toBeUndefined();
    expect(await rig.devices.find(client, { ...nameOf('ali'), type: 'administrator' })).toBeUndefined();

    await rig.users.update(id, { primaryPhone: '+8613800138001' });
    expect(await rig.devices.find(client, phoneOf('+8613800138001'))).toBe(device);
    expect(await rig.devices.find(client, phoneOf(ali.primaryPhone))).toBeUndefined();
    await rig.users.delete(id);
    expect(await rig.devices.find(client, phoneOf('+8613800138001'))).toBeUndefined();
  });

  test('ending the sessions of an account makes strangers of its browsers', async () => {
    const { id } = await rig.users.create({ ...ali, password: 'open sesame' });
    const before = after(stranger, id);
    rig.now += 1;
    await createUserSessions(rig).endAll(id);
    expect(await rig.devices.find(before, nameOf('ali'))).toBeUndefined();
    expect(await rig.devices.find(after(before, id), nameOf('ali'))).toBeDefined();
    expect(await rig.devices.find(signedIn(before, { type: 'user', id }, 'session:1'), nameOf('ali'))).toBe(
      'session:1',
    );
  });

  test('several accounts, a bounded number, the latest first; each sign-in counts anew', async () => {
    const ids = [];
    for (let index = 0; index <= maxAccountsPerDevice; index += 1) {
      ids.push((await rig.users.create({ username: `user_${index}` })).id);
    }
    let client = stranger;
    for (const id of ids) client = after(client, id);
    expect(await rig.devices.find(client, nameOf('user_0'))).toBeUndefined();
    for (let index = 1; index < ids.length; index += 1) {
      expect(await rig.devices.find(client, nameOf(`user_${index}`))).toBeDefined();
    }
    const again = after(client, ids[3] ?? '');
    expect(await rig.devices.find(again, nameOf('user_3'))).not.toBe(await rig.devices.find(client, nameOf('user_3')));
    expect(again.marks).toHaveLength(maxAccountsPerDevice);
    expect(rig.devices.mark(again, { type: 'user', id: ids[0] ?? '' }).length).toBeLessThan(2048);
  });

  test('a mark ends, and one under another key is none', async () => {
    const { id } = await rig.users.create(ali);
    const cookie = rig.devices.mark(stranger, { type: 'user', id });
    rig.now += deviceDays * day - 1;
    expect(rig.devices.read(cookie)).toHaveLength(1);
    rig.now += 1;
    expect(rig.devices.read(cookie)).toEqual([]);
    const secretKeys = deriveSecretKeys('another secret key, of another server');
    const forged = createDevices({ ...rig, secretKeys }).mark(stranger, { type: 'user', id });
    expect(rig.devices.read(forged)).toEqual([]);
  });
});
