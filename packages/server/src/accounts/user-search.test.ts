import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newDevices } from '../../../../test/setup/clients.ts';
import { plansOf } from '../../../../test/setup/plans.ts';
import { platform } from '../../../../test/setup/platform.ts';
import { type Database, databases, newUnusedStore } from '../../../../test/setup/stores.ts';
import type { Store } from '../store/store.ts';
import { insertUser as insertingUser, listUsers, type UserRow } from '../store/users.ts';
import { createPasswords } from './passwords.ts';
import { nobody } from './user-record.ts';
import { termOf } from './user-search.ts';
import { createUsers, type Users } from './users.ts';

const people = {
  jürgen: { primaryEmail: 'Juergen@Bücher.example', primaryPhone: '+447400100005' },
  ali: { primaryEmail: 'ali.baba@mail.example', primaryPhone: '+8613928930011' },
  ivan: { primaryEmail: 'ivan@почта.рф', primaryPhone: '+79161234567' },
  li: { primaryEmail: 'li@例え.jp', primaryPhone: '+12025550123' },
};

const usersOf = (store: Store): Users =>
  createUsers({ store, platform, passwords: createPasswords(platform), devices: newDevices(store, platform) });

const row: Omit<UserRow, 'id' | 'name'> = { ...nobody, password_digest: null, created_at: 1, updated_at: 1 };
const insertUser = (store: Store, user: UserRow) => store.atomically([insertingUser(store, user)]);

describe.each(databases)('what is typed into one box, on %s', (database: Database) => {
  let store: Store;
  let users: Users;
  beforeAll(async () => {
    store = await newUnusedStore(database);
    users = usersOf(store);
    for (const [name, fields] of Object.entries(people)) await users.create({ ...fields, name });
  });
  afterAll(() => store.close());

  const searchFor = (typed: string, findsPhones = true) => ({
    conditions: [{ field: undefined, mode: 'like' as const, values: [typed] }],
    joint: 'or' as const,
    isCaseSensitive: false,
    findsPhones,
  });
  const found = async (typed: string, findsPhones = true) => {
    const listed = await users.list(searchFor(typed, findsPhones), { limit: 10 });
    const inBox = await users.meantBy(typed, { findsPhones, limit: 10 });
    const names = (list: { name: string | null }[]) => list.map(({ name }) => name).sort();
    return { listed: names(listed.users), inBox: names(inBox) };
  };

  test.each([
    ['juergen@bücher.example', ['jürgen']],
    ['JUERGEN@BÜCHER.EXAMPLE', ['jürgen']],
    ['juergen@bu\u0308cher.example', ['jürgen']],
    ['mailto:juergen@bücher.example', ['jürgen']],
    ['juergen@xn--bcher-kva.example', ['jürgen']],
    ['juergen@xn--bch', ['jürgen']],
    ['juergen@büc', ['jürgen']],
    ['juergen@', ['jürgen']],
    ['juer', ['jürgen']],
    ['@bücher.example', ['jürgen']],
    ['bücher', ['jürgen']],
    ['BÜCH', ['jürgen']],
    ['bucher.ex', ['jürgen']],
    ['ｊｕｅｒｇｅｎ＠ｂüｃｈｅｒ．ｅｘａｍｐｌｅ', ['jürgen']],
    ['ali@bücher', []],
    ['ALI.BABA@mail', ['ali']],
    ['mail.example', ['ali']],
    ['@mail', ['ali']],
    ['почта', ['ivan']],
    ['ivan@ПОЧТА.рф', ['ivan']],
    ['例え', ['li']],
    ['li@例え。jp', ['li']],
    ['@', []],
    ['07400 100005', ['jürgen']],
    ['8 (916) 123-45-67', ['ivan']],
    ['(202) 555-0123', ['li']],
  ])('%j finds %j', async (typed, expected) => {
    expect(await found(typed)).toEqual({ listed: expected, inBox: expected });
  });

  test('words of a name are found in any order, each by its beginning', async () => {
    const names = ['João Pedro Huang', 'Huang, Jo', 'Joana Huang', 'Huangpu João', '黄 小明', 'João 7 Huang'];
    for (const name of names) await users.create({ name });
    const joão = ['Huangpu João', 'João 7 Huang', 'João Pedro Huang'];
    for (const [typed, expected] of [
      ['Huang João', joão],
      ['  huang,  JOAO ', joão],
      ['pedro huang', ['João Pedro Huang']],
      ['huang j p', ['João Pedro Huang']],
      ['Jo Huang', ['Huang, Jo', 'Joana Huang', ...joão]],
      ['huangpu joão', ['Huangpu João']],
      ['小明 黄', ['黄 小明']],
      ['ang joão', []],
      ['j h', []],
      ['h_ang joão', []],
    ] as const) {
      const sorted = [...expected].sort();
      expect({ typed, ...(await found(typed)) }).toEqual({ typed, listed: sorted, inBox: sorted });
    }
    expect(await found('huang 7', false)).toEqual({ listed: [], inBox: [] });
    expect(await found('huang pedro', false)).toMatchObject({ inBox: ['João Pedro Huang'] });
    const long = await users.create({ name: `Maximiliana ${'von und zu '.repeat(7)}Hohenstein` });
    expect(await found('hohenstein maxi')).toMatchObject({ inBox: [long.name] });
  });

  test('the beginning of an id finds the user, where it tells nothing that is not shown', async () => {
    const { id } = await users.create({ name: 'somebody' });
    await insertUser(store, { ...row, id: 'user_2bCdEfGh', name: 'from elsewhere' });
    await insertUser(store, { ...row, id: 'chlohub-ab', name: 'by a language' });
    for (const [typed, name] of [
      [id.slice(0, 5), 'somebody'],
      [` ${id.slice(0, 6).toUpperCase()} `, 'somebody'],
      ['user_2bCdE', 'from elsewhere'],
      ['chlo', 'by a language'],
      ['chlohub-', 'by a language'],
    ] as const) {
      expect({ typed, ...(await found(typed)) }).toEqual({ typed, listed: [name], inBox: [name] });
    }
    expect(await found('hlohub')).toEqual({ listed: [], inBox: [] });
    expect(await found('chl')).toEqual({ listed: [], inBox: [] });
    expect(await found('user_2b', false)).toEqual({ listed: [], inBox: [] });
    expect(await found('user_2bCdEfGh', false)).toMatchObject({ inBox: ['from elsewhere'] });
    expect(await found('chlohub', false)).toMatchObject({ inBox: ['by a language'] });
  });

  test('nothing is found by a number or an address for those who see neither', async () => {
    for (const typed of ['juergen@bücher.example', 'bücher', '@bücher', '07400 100005', '100005', '0005', 'mail.ex']) {
      expect({ typed, ...(await found(typed, false)) }).toEqual({ typed, listed: [], inBox: [] });
    }
  });

  test('a part from the middle is found in the box, and by a pattern in the list', async () => {
    expect(await found('baba@mail')).toEqual({ listed: [], inBox: ['ali'] });
    expect(await found('2893001')).toEqual({ listed: [], inBox: ['ali'] });
    expect(await found('%baba@mail%')).toMatchObject({ listed: ['ali'] });
    expect(await found('%@bücher.%')).toMatchObject({ listed: ['jürgen'] });
  });

  test('what an address was changed to is found, and what it was is not', async () => {
    const { id } = await users.create({ name: 'käthe', primaryEmail: 'kaethe@straße.example' });
    expect(await found('@straße')).toMatchObject({ listed: ['käthe'] });
    await users.update(id, { primaryEmail: 'kaethe@gässchen.example' });
    expect(await found('@straße')).toMatchObject({ listed: [] });
    expect(await found('gässchen')).toMatchObject({ listed: ['käthe'] });
    await users.update(id, { primaryEmail: '' });
    expect(await found('gässchen')).toMatchObject({ listed: [] });
  });

  test.each([
    '07400 100005',
    '930011',
    '0011',
    '0086139',
    'juergen@bücher',
    'bücher',
    'ali',
    '@mail',
    'huang joão',
    'jczmg',
  ])('%j is looked for by indexes alone', async (typed) => {
    if (database === 'PostgreSQL') await sql`analyze users`.execute(store.db);
    const terms = [true, false].map((findsPhones) => termOf(searchFor(typed, findsPhones), store.kind));
    const plans = await plansOf(store, async (reading) => {
      for (const term of terms) await listUsers(reading, { term }, { limit: 20 }, platform.now);
    });
    for (const plan of plans) {
      expect(plan).toMatch(/USING (COVERING )?INDEX|Index (Only )?Scan/);
      expect(plan).not.toMatch(/SCAN users(?! USING)|Seq Scan|users_by_creation/);
    }
  });
});
