import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { platform } from '../../../../test/setup/platform.ts';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import type { Store } from '../store/store.ts';
import { createSignIns, type SignIns } from './sign-ins.ts';

const minute = 60_000;

describe.each(databases)('sign-ins that are recorded on %s', (database) => {
  let store: Store;
  let signIns: SignIns;
  let now: number;
  beforeEach(async () => {
    store = await newStore(database);
    now = 1_800_000_000_000;
    signIns = createSignIns({ store, platform: { ...platform, now: () => now } });
  });
  afterEach(() => store.close());

  const record = (of: { method?: 'code' | 'session'; applicationId?: string; address?: string; userAgent?: string }) =>
    signIns.record({
      userId: 'ali',
      applicationId: of.applicationId ?? 'shop',
      event: 'SignIn',
      method: of.method ?? 'session',
      client: { address: of.address ?? '192.0.2.1', marks: [] },
      userAgent: of.userAgent ?? 'Browser',
    });
  const count = async () => (await signIns.list('ali', { limit: 100 })).entries.length;

  test('are returns with a session once an hour, for each application and network', async () => {
    for (let times = 0; times < 30; times += 1) {
      await record({ userAgent: `Browser ${times}`, address: `192.0.2.${times}` });
      now += minute;
    }
    expect(await count()).toBe(1);
    await record({ applicationId: 'forum' });
    await record({ address: '198.51.100.1' });
    expect(await count()).toBe(3);
    now += 31 * minute;
    await record({});
    expect(await count()).toBe(4);
  });

  test('are all that proved something', async () => {
    for (let times = 0; times < 3; times += 1) await record({ method: 'code' });
    expect(await count()).toBe(3);
  });

  test('tell the browsers of somebody who has signed in thousands of times, by an index', async () => {
    const row = {
      user_id: 'ali',
      application_id: 'shop',
      event: 'SignIn' as const,
      method: 'code' as const,
      network: '',
      user_agent: null,
      forgotten_at: null,
    };
    const rows = Array.from({ length: 3_000 }, (_, index) => ({
      ...row,
      id: `sign-in-${index}`,
      at: now - index,
      device: `device-${index}`,
      // Each but the last one was another before.
      previous_device: index % 10 === 9 ? null : `device-${index + 1}`,
    }));
    for (let from = 0; from < rows.length; from += 500) {
      await store.db
        .insertInto('sign_ins')
        .values(rows.slice(from, from + 500))
        .execute();
    }
    const devices = await signIns.devices('ali');
    expect(devices).toHaveLength(100);
    expect(devices.slice(0, 2).map(({ id }) => id)).toEqual(['device-0', 'device-10']);
  });
});
