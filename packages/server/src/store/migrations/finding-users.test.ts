import { sql } from 'kysely';
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../../test/setup/stores.ts';
import { nobody } from '../../accounts/user-record.ts';
import { searchKeysOf } from '../../accounts/user-search-keys.ts';
import type { Store } from '../store.ts';
import { nationalNumber, up } from './0050-finding-users.ts';

describe.each(databases)('users from before they were found by national number and domain, on %s', (database) => {
  let store: Store;
  beforeEach(async () => {
    store = await newStore(database);
    for (const statement of [
      'drop index users_by_national_number',
      'drop index users_by_email_domain',
      'alter table users drop column email_domain_key',
    ]) {
      await sql.raw(statement).execute(store.db);
    }
  });
  afterEach(() => store.close());

  async function add(id: string, fields: { phone?: string; email?: string }): Promise<void> {
    const { email_domain_key: _, ...row } = nobody;
    const email = { email: fields.email ?? null, email_key: fields.email?.toLowerCase() ?? null };
    const user = { ...row, ...fields, ...email, id, password_digest: null, created_at: 1, updated_at: 1 };
    await store.db
      .insertInto('users')
      .values(user as never)
      .execute();
  }

  test('their domains have the keys that new users get', async () => {
    const domains = [
      'example.com',
      'xn--bcher-kva.example',
      'xn--80a1acny.xn--p1ai',
      'mail.xn--r8jz45g.jp',
      'xn--notpunycode-.example',
      `${'a'.repeat(60)}.${'b'.repeat(60)}.example`,
      `${`xn--80a1acny.`.repeat(9)}example`,
    ];
    for (const [index, domain] of domains.entries()) await add(`u${index}`, { email: `Ali@${domain}` });
    await add('nobody', {});
    await up(store.db as never);
    const rows = await store.db.selectFrom('users').select(['id', 'email_domain_key']).orderBy('id').execute();
    const text = (key: Uint8Array | null | undefined) => key && Buffer.from(key).toString();
    expect(rows.map(({ id, email_domain_key }) => [id, text(email_domain_key)])).toEqual([
      ['nobody', null],
      ...domains.map((emailDomain, index) => [`u${index}`, text(searchKeysOf({ emailDomain }).email_domain_key)]),
    ]);
  });

  test('their numbers are known without the calling code, in every country', async () => {
    const codes = [
      ...new Set([
        ...getCountries().map((country) => getCountryCallingCode(country)),
        '800',
        '870',
        '881',
        '882',
        '883',
        '979',
      ]),
    ];
    for (const code of codes) await add(code, { phone: `+${code}98765432` });
    await up(store.db as never);
    const { rows } = await sql<{ id: string; national: string }>`
      select id, ${sql.raw(nationalNumber)} as national from users`.execute(store.db);
    expect(rows).toHaveLength(codes.length);
    for (const row of rows) expect(row).toEqual({ id: row.id, national: '98765432' });
  });
});
