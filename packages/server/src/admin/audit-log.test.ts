import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { platform } from '../platform.ts';
import type { Store } from '../store/store.ts';
import { type AuditLog, createAuditLog } from './audit-log.ts';

const hour = 60 * 60_000;

describe.each(databases)('failed sign-ins in the audit log on %s', (database) => {
  let store: Store;
  let auditLog: AuditLog;
  let now: number;
  beforeEach(async () => {
    store = await newStore(database);
    now = 1_800_000_000_000;
    auditLog = createAuditLog({ store, platform: { ...platform, now: () => now } });
  });
  afterEach(() => store.close());

  const fail = (network: string, administratorId: string | null = null) =>
    auditLog.countFailedSignIn({ network, type: 'administrator', id: administratorId });
  const entries = async () => (await auditLog.list({ limit: 100, offset: 0 })).entries;

  test('are one entry per network and hour, counted exactly', async () => {
    await Promise.all(Array.from({ length: 40 }, () => fail('192.0.2.1', 'ali')));
    now += 1000;
    await fail('192.0.2.1', 'ali');
    expect(await entries()).toEqual([
      {
        id: expect.any(String),
        at: now,
        times: 41,
        actor: { type: 'network', id: '192.0.2.1', name: '192.0.2.1' },
        action: 'administrator.fail-sign-in',
        subject: { type: 'administrator', id: 'ali' },
        details: {},
      },
    ]);
    now += hour;
    await fail('192.0.2.1');
    expect((await entries()).map(({ times }) => times)).toEqual([1, 41]);
  });

  test('name nobody when several names were tried', async () => {
    await fail('192.0.2.1', 'ali');
    await fail('192.0.2.1', 'cassim');
    await fail('192.0.2.1', 'ali');
    expect(await entries()).toMatchObject([{ times: 3, subject: { id: null } }]);
  });

  test('of a thousand networks make no more than 64 entries an hour, and lose none', async () => {
    const networks = Array.from({ length: 1_000 }, (_, index) => `2001:db8:${index.toString(16)}:0::/64`);
    await Promise.all(networks.map((network) => fail(network)));
    const made = await entries();
    expect(made).toHaveLength(64);
    expect(made.reduce((sum, { times }) => sum + times, 0)).toBe(1_000);
    expect(made.every(({ actor }) => actor.id === 'several')).toBe(true);
  });
});
