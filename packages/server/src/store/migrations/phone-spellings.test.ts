import { keptSpelling } from '@sesame/connector-kit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../../test/setup/stores.ts';
import { nobody } from '../../accounts/user-record.ts';
import type { Store } from '../store.ts';
import { up } from './0009-phone-spellings.ts';

const numbers = [
  '+5215512345678',
  '+525598765432',
  '+541112345678',
  '+542211234567',
  '+543511234567',
  '+5491198765432',
  '+548001234567',
  '+551167654321',
  '+551187654321',
  '+551197654322',
  '+551133334444',
  '+5511987650000',
  '+22997123456',
  '+2290197123400',
  '+8613800138000',
  '+14155550132',
];

describe.each(databases)('numbers kept before there was one spelling, on %s', (database) => {
  let store: Store;
  beforeEach(async () => {
    store = await newStore(database);
  });
  afterEach(() => store.close());

  const addUser = (id: string, phone: string) =>
    store.db
      .insertInto('users')
      .values({ ...nobody, id, phone, password_digest: null, created_at: 1, updated_at: 1 })
      .execute();
  const phones = async () => {
    const rows = await store.db.selectFrom('users').select(['id', 'phone']).execute();
    return Object.fromEntries(rows.map(({ id, phone }) => [id, phone]));
  };

  test('are in the spelling that is kept, those of users and of messages', async () => {
    for (const number of numbers) {
      await addUser(number, number);
      await store.db
        .insertInto('messages')
        .values({
          id: number,
          recipient: number,
          usage_type: 'Generic',
          state: 'accepted',
          created_at: 1,
          updated_at: 1,
        } as never)
        .execute();
    }
    await up(store.db as never);
    const kept = Object.fromEntries(numbers.map((number) => [number, keptSpelling(number)]));
    expect(await phones()).toEqual(kept);
    const messages = await store.db.selectFrom('messages').select(['id', 'recipient']).execute();
    expect(Object.fromEntries(messages.map(({ id, recipient }) => [id, recipient]))).toEqual(kept);
  });

  test('stay where another user has the number already', async () => {
    await addUser('old', '+5215512345678');
    await addUser('new', '+525512345678');
    await up(store.db as never);
    expect(await phones()).toEqual({ old: '+5215512345678', new: '+525512345678' });
  });
});
