import { describe, expect, test } from 'vitest';
import { databases } from '../../../../test/setup/stores.ts';
import { useUsers } from '../../../../test/setup/users.ts';
import type { UserFields } from './user-record.ts';

describe.each(databases)('lists of users on %s', (database) => {
  const rig = useUsers(database);
  const list = (search: string) =>
    rig.users.list(
      {
        conditions: [{ field: undefined, mode: 'like', values: [search] }],
        joint: 'or',
        isCaseSensitive: false,
        findsPhones: true,
      },
      { limit: 50, offset: 0 },
    );
  const searchFor = async (search: string) => (await list(search)).users.map(({ username, name }) => username ?? name);

  test('lists page by page, newest first', async () => {
    for (const username of ['a', 'b', 'c', 'd', 'e']) {
      rig.now += 1;
      await rig.users.create({ username });
    }
    const page = async (number: number) => {
      const listed = await rig.users.list(undefined, { limit: 2, offset: 2 * (number - 1) });
      return [listed.users.map(({ username }) => username), listed.total];
    };
    expect(await page(1)).toEqual([['e', 'd'], 5]);
    expect(await page(3)).toEqual([['a'], 5]);
    expect(await page(4)).toEqual([[], 5]);
  });

  test('finds by the start of usernames, names, last names and numbers', async () => {
    const add = (fields: UserFields) => {
      rig.now += 1;
      return rig.users.create(fields);
    };
    await add({ username: 'Alex_1', primaryPhone: '+8613800138000' });
    await add({ username: 'zoe', name: 'Zoë Alexander' });
    await add({ name: '王小明', primaryPhone: '+12025550143' });
    await add({ name: '100%' });
    expect(await searchFor('%ALEX%')).toEqual(['zoe', 'Alex_1']);
    expect(await searchFor('alex')).toEqual(['zoe', 'Alex_1']);
    expect(await searchFor('alexander')).toEqual(['zoe']);
    expect(await searchFor('zoe  alex')).toEqual(['zoe']);
    expect(await searchFor('zoë')).toEqual(['zoe']);
    expect(await searchFor('小明')).toEqual(['王小明']);
    expect(await searchFor('王')).toEqual(['王小明']);
    expect(await searchFor('+86138')).toEqual(['Alex_1']);
    expect(await searchFor('86 138-0013')).toEqual(['Alex_1']);
    expect(await searchFor('8613800138000')).toEqual(['Alex_1']);
    expect(await searchFor('1')).toEqual(['100%', '王小明']);
    expect(await searchFor('nobody')).toEqual([]);
    expect(await searchFor("' or 1=1 --")).toEqual([]);
    expect(await searchFor('a\0')).toEqual(await searchFor('a'));
    expect(await searchFor(' %% ')).toHaveLength(4);
  });

  test('finds by an id, and after a change by the new name only', async () => {
    const { id } = await rig.users.create({ username: 'ali', name: 'Ali Baba' });
    expect(await searchFor(id)).toEqual(['ali']);
    await rig.users.update(id, { username: 'cassim', name: 'Cassim' });
    expect(await searchFor('ali')).toEqual([]);
    expect(await searchFor('baba')).toEqual([]);
    expect(await searchFor('cass')).toEqual(['cassim']);
  });

  test('a user found twice is listed and counted once', async () => {
    await rig.users.create({ username: 'alex', name: 'Alex Alexson' });
    const listed = await list('alex');
    expect([listed.users.length, listed.total]).toEqual([1, 1]);
  });
});
