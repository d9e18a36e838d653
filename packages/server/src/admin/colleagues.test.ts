import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { platform } from '../platform.ts';
import type { Store } from '../store/store.ts';
import { createColleagues } from './colleagues.ts';

describe.each(databases)('the owners on %s', (database) => {
  let store: Store;
  let colleagues: ReturnType<typeof createColleagues>;
  beforeEach(async () => {
    store = await newStore(database);
    const passwords = { hash: async () => 'digest', verify: async () => true, isCurrent: () => true };
    colleagues = createColleagues({ store, platform, passwords });
    const now = 1;
    await store.db
      .insertInto('settings')
      .values({ name: 'first-administrator', value: '{}', updated_at: now })
      .execute();
  });
  afterEach(() => store.close());

  const create = async (username: string, role: 'owner' | 'operator' | 'viewer' = 'owner') =>
    (await colleagues.create({ username, password: 'open barley', role })).id;
  const owners = async () => (await colleagues.list()).filter(({ role }) => role === 'owner');
  const refused = (code: string) => expect.objectContaining({ code });

  test('give roles, and give their own away while another owner stays', async () => {
    const [ali, cassim] = [await create('ali'), await create('cassim', 'viewer')];
    await expect(colleagues.setRole(ali, 'operator', ali)).rejects.toEqual(refused('administrator.last_owner'));
    await colleagues.setRole(ali, 'owner', ali);
    await colleagues.setRole(cassim, 'owner', ali);
    await colleagues.setRole(ali, 'viewer', ali);
    expect((await owners()).map(({ username }) => username)).toEqual(['cassim']);
    await expect(colleagues.setRole(cassim, 'viewer', cassim)).rejects.toEqual(refused('administrator.last_owner'));
    await expect(colleagues.setRole('nobody', 'viewer', cassim)).rejects.toEqual(refused('entity.not_found'));
  });

  test('who are none any more can do nothing, however early they asked', async () => {
    const [ali, cassim] = [await create('ali'), await create('cassim')];
    await colleagues.setRole(cassim, 'operator', ali);
    await expect(colleagues.setRole(cassim, 'owner', cassim)).rejects.toEqual(refused('auth.forbidden'));
    await expect(colleagues.setRole(ali, 'viewer', cassim)).rejects.toEqual(refused('auth.forbidden'));
    await expect(colleagues.delete(ali, cassim)).rejects.toEqual(refused('auth.forbidden'));
    expect(await owners()).toHaveLength(1);
  });

  test('never run out, when all demote and delete themselves and each other at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const names = ['ali', 'cassim', 'baba', 'morgiana'].map((name) => `${name}-${round}`);
      const ids = await Promise.all(names.map((name) => create(name)));
      const before = (await colleagues.list()).map(({ id }) => id).filter((id) => !ids.includes(id));
      const [first = ''] = ids;
      for (const id of before) await colleagues.delete(id, first);
      await Promise.allSettled([
        ...ids.map((id) => colleagues.setRole(id, 'viewer', id)),
        ...ids.map((id, index) => colleagues.setRole(ids[(index + 1) % ids.length] ?? '', 'operator', id)),
        ...ids.map((id, index) => colleagues.delete(ids[(index + 2) % ids.length] ?? '', id)),
      ]);
      expect((await owners()).length).toBeGreaterThanOrEqual(1);
    }
  });
});
