import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newDevices } from '../../../../../../test/setup/clients.ts';
import { platform as testPlatform } from '../../../../../../test/setup/platform.ts';
import { databases, newStore } from '../../../../../../test/setup/stores.ts';
import { newUsersApp } from '../../../../../../test/setup/users-app.ts';
import { createPasswords } from '../../../accounts/passwords.ts';
import { createUsers, type Users } from '../../../accounts/users.ts';
import type { Store } from '../../../store/store.ts';
import type { AppInstance } from '../../app-instance.ts';

/** The users of Logto's own test of searches, and some whose names are not English. */
const tom = ['tom_scott', 'tom_scott_2', 'tom_scott_3', 'tom_scott_4', 'tom_scott_5'];
const jerry = ['jerry_swift', 'jerry_swift_1', 'jerry_swift_jr', 'jerry_swift_jr_2', 'jerry_swift_jr_jr'];
const nameOf = (username: string) =>
  username
    .split('_')
    .filter((word) => Number.isNaN(Number(word)))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
const others = [
  { username: 'ivan', name: 'Иван Петров', primaryPhone: '+79161234567', primaryEmail: 'Ivan.P@почта.example' },
  { username: 'xscott', name: '100% Élodie\\', primaryPhone: '+33612345678' },
];

describe.each(databases)('GET /users on %s', (database) => {
  let store: Store;
  let app: AppInstance;
  let ids: string[];
  beforeAll(async () => {
    store = await newStore(database);
    let now = 1_800_000_000_000;
    const platform = { ...testPlatform, now: () => now };
    const users: Users = createUsers({
      store,
      platform,
      passwords: createPasswords(platform),
      devices: newDevices(store, platform),
    });
    ids = [];
    const everybody = [...tom, ...jerry].map((username, index) => ({
      username: `search_${username}`,
      name: nameOf(username),
      primaryPhone: `1310805${String(index).padStart(4, '0')}`,
    }));
    for (const fields of [...everybody, ...others]) {
      now += 1;
      ids.push((await users.create(fields)).id);
    }
    app = newUsersApp({ users, store, platform });
  });
  afterAll(async () => {
    await app.close();
    await store.close();
  });

  const get = async (query: [string, string][]) => {
    const reply = await app.inject({ url: `/api/users?${new URLSearchParams(query)}` });
    return { status: reply.statusCode, total: Number(reply.headers['total-number']), body: reply.json() };
  };
  const usernames = async (query: [string, string][]) => {
    const { body, total } = await get([...query, ['page_size', '100']]);
    expect(body).toHaveLength(total);
    return body.map(({ username }: { username: string }) => username.replace('search_', '')).sort();
  };
  const everybody = [...tom, ...jerry, 'ivan', 'xscott'].sort();

  test.each<[string, [string, string][], string[]]>([
    ['nothing', [], everybody],
    ['a pattern in any field', [['search', '%search_tom%']], tom],
    ['a pattern of a number', [['search', '%1310805000%']], [...tom, ...jerry].sort()],
    ['the last digits of a number', [['search', '%0004']], ['tom_scott_5']],
    ['the start without %', [['search', 'search_tom_scott_']], tom.slice(1)],
    ['a pattern in the middle', [['search.name', '%m S%']], tom],
    ['a pattern with one character', [['search.username', 'search_tom_scott__']], tom.slice(1)],
    ['a percent sign that was typed', [['search', '100\\%']], ['xscott']],
    ['a percent sign that nobody has', [['search', '\\%']], []],
    ['a percent sign that was typed, anywhere', [['search', '%0\\%%']], ['xscott']],
    ['an underscore that was typed', [['search', 'search\\_tom']], tom],
    ['a backslash that was typed', [['search', 'Élodie\\\\']], ['xscott']],
    ['an escaped character', [['search.name', '100\\%%']], ['xscott']],
    ['an escaped backslash', [['search.name', '%\\\\']], ['xscott']],
    ['a pattern is of the whole text', [['search.name', 'tom']], []],
    ['upper case', [['search.username', '%TOM%']], tom],
    ['upper case of other letters', [['search.name', '%ПЕТРОВ%']], ['ivan']],
    ['an accent', [['search.name', '%élodie%']], ['xscott']],
    [
      'case that matters',
      [
        ['search.name', 'tom%'],
        ['isCaseSensitive', 'true'],
      ],
      [],
    ],
    [
      'case that matters and is right',
      [
        ['search.name', 'Tom%'],
        ['isCaseSensitive', '1'],
      ],
      tom,
    ],
    ['a number by its start', [['search.primaryPhone', '1310805000%']], [...tom, ...jerry].sort()],
    ['a whole number', [['search.primaryPhone', '+7 (916) 123-45-67']], ['ivan']],
    ['a whole number in other digits', [['search.primaryPhone', '٧٩١٦١٢٣٤٥٦٧']], ['ivan']],
    ['the start of an address', [['search', 'ivan.p@']], ['ivan']],
    ['a whole address', [['search.primaryEmail', 'IVAN.P@xn--80a1acny.example']], ['ivan']],
    [
      'a whole address as people write it',
      [
        ['search.primaryEmail', 'ivan.p@почта.example'],
        ['mode.primaryEmail', 'exact'],
      ],
      ['ivan'],
    ],
    ['a pattern of an address', [['search.primaryEmail', 'ivan%.example']], ['ivan']],
    ['a pattern of a domain', [['search.primaryEmail', '%@other.example']], []],
    ['a number with its plus', [['search.primaryPhone', '+7916%']], ['ivan']],
    [
      'an exact number',
      [
        ['search.primaryPhone', '7 916 123-45-67'],
        ['mode', 'exact'],
      ],
      ['ivan'],
    ],
    [
      'an exact name',
      [
        ['search.name', 'jerry swift'],
        ['mode.name', 'exact'],
      ],
      ['jerry_swift', 'jerry_swift_1'],
    ],
    [
      'an exact name in another case',
      [
        ['search.name', 'jerry swift'],
        ['mode.name', 'exact'],
        ['isCaseSensitive', 'true'],
      ],
      [],
    ],
    [
      'exact names',
      [
        ['search.name', 'иван петров'],
        ['search.name', 'tom scott'],
        ['mode.name', 'exact'],
      ],
      ['ivan', ...tom],
    ],
    [
      'an exact text in any field',
      [
        ['search', 'IVAN'],
        ['mode', 'exact'],
      ],
      ['ivan'],
    ],
    [
      'one of two',
      [
        ['search.name', 'tom%'],
        ['search.username', 'ivan'],
      ],
      ['ivan', ...tom],
    ],
    [
      'both of two',
      [
        ['search.name', '%jr'],
        ['search.primaryPhone', '%0008'],
        ['joint', 'and'],
      ],
      ['jerry_swift_jr_2'],
    ],
    [
      'both, in the other spelling',
      [
        ['search', 'search_'],
        ['search.name', '%swift'],
        ['jointMode', 'and'],
      ],
      ['jerry_swift', 'jerry_swift_1'],
    ],
    [
      'the mode of a field before that of all',
      [
        ['search.name', 'Tom%'],
        ['mode.name', 'like'],
        ['mode', 'exact'],
      ],
      tom,
    ],
    ['nobody', [['search', "%' or 1=1 --%"]], []],
    ['a zero character', [['search', '%tom\0%']], tom],
  ])('finds by %s', async (_what, query, expected) => {
    expect(await usernames(query)).toEqual(expected);
  });

  test('finds by ids', async () => {
    const [one = '', two = '', three = ''] = ids;
    const query: [string, string][] = [one, two, three, three, 'not_possible'].map((id) => ['search.id', id]);
    expect(await usernames([...query, ['mode.id', 'exact'], ['isCaseSensitive', 'true']])).toEqual(tom.slice(0, 3));
    expect(
      await usernames([
        ['search.id', one.toUpperCase()],
        ['mode', 'exact'],
      ]),
    ).toEqual(tom.slice(0, 1));
    expect(
      await usernames([
        ['search.id', `${two.slice(0, 30)}%`],
        ['search.id', 'x'],
        ['mode', 'exact'],
      ]),
    ).toEqual([]);
    expect(await usernames([['search.id', `%${two.slice(8)}`]])).toEqual(tom.slice(1, 2));
  });

  test('pages what it finds, newest first', async () => {
    for (const pattern of ['search_jerry%', '%jerry%']) {
      const page = async (number: string) =>
        (
          await get([
            ['search.username', pattern],
            ['page', number],
            ['page_size', '2'],
          ])
        ).body.map(({ username }: { username: string }) => username);
      expect([...(await page('1')), ...(await page('2')), ...(await page('3'))]).toEqual(
        jerry.toReversed().map((username) => `search_${username}`),
      );
    }
  });

  test.each<[string, [string, string][], string]>([
    ['search', [['search', '']], 'cannot be empty'],
    [
      'search.name',
      [
        ['search.name', ''],
        ['mode', 'exact'],
      ],
      'cannot be empty',
    ],
    [
      'search.name',
      [
        ['search.name', 'a'],
        ['search.name', 'b'],
      ],
      '`exact`',
    ],
    ['search.name', [['search.name', '%a%b%c%d%e%f%g%h%']], 'at most 8 %'],
    ['search.name', [['search.name', '%\\']], 'backslash'],
    [
      'mode.name',
      [
        ['search.name', 'a'],
        ['mode.name', 'similar_to'],
      ],
      'similar_to',
    ],
    [
      'mode',
      [
        ['search.name', '(a+)+$'],
        ['mode', 'posix'],
      ],
      'no index helps it',
    ],
    [
      'mode.name',
      [
        ['search.name', 'a'],
        ['mode.name', 'similar to'],
      ],
      'is not valid',
    ],
    [
      'joint',
      [
        ['search.name', 'a'],
        ['joint', 'and1'],
      ],
      'is not valid',
    ],
    ['isCaseSensitive', [['isCaseSensitive', 'maybe']], 'true or false'],
    ['search.nmae', [['search.nmae', 'a']], 'did you mean "search.name"'],
    ['excludeRoleId', [['excludeRoleId', 'a']], '"excludeRoleId"'],
    ['serach', [['serach', 'a']], 'did you mean "search"'],
  ])('refuses %s by name: %j', async (path, query, words) => {
    expect(await get(query)).toMatchObject({
      status: 400,
      body: {
        code: 'guard.invalid_input',
        data: { issues: [{ path, message: expect.stringContaining(words) }] },
      },
    });
  });
});
