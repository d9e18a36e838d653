import type { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planOf } from '../../../../test/setup/plans.ts';
import { databases, newUnusedStore } from '../../../../test/setup/stores.ts';
import { findOidcModel } from './oidc-models.ts';
import { findUserInSession } from './oidc-sessions.ts';
import type { Store } from './store.ts';

// PostgreSQL goes on by what it has planned for a prepared statement while there was little to look through.
describe.each(databases)('while there are no records, on %s', (database) => {
  let store: Store;
  beforeAll(async () => {
    store = await newUnusedStore(database);
  });
  afterAll(() => store.close());

  async function planFor(read: (store: Store) => Promise<unknown>): Promise<string> {
    let asked: CompiledQuery | undefined;
    const run = async (query: CompiledQuery) => {
      asked = query;
      return [];
    };
    await read({ ...store, run: run as Store['run'] });
    if (!asked) throw new Error('Nothing was asked of the database.');
    return planOf(store, asked);
  }

  test.each(['Interaction', 'Session', 'Grant', 'AuthorizationCode'])('a %s is looked up by its id', async (model) => {
    const plan = await planFor((read) => findOidcModel(read, model, 'id', 'an id'));
    expect(plan).toMatch(/model = .*\bid = |model=\? AND id=\?/);
  });

  test('whether a session was ended, by its uid', async () => {
    for (const read of [
      (of: Store) => findOidcModel(of, 'Session', 'uid', 'a uid'),
      (of: Store) => findUserInSession(of, 'an id', 'a uid'),
    ]) {
      expect(await planFor(read)).toMatch(/by_uid[\s\S]*(uid = |uid=\?)/);
    }
  });
});
