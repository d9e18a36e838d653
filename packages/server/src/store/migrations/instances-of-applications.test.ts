import type { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { databases, newStore } from '../../../../../test/setup/stores.ts';
import { createApplications } from '../../accounts/applications.ts';
import { platform } from '../../platform.ts';
import { createHeld } from '../held.ts';
import { nameInstances } from './0019-instances-of-applications.ts';

test.each(databases)('what was given before applications had instances is theirs, on %s', async (database) => {
  const store = await newStore(database);
  const applications = createApplications({ store, platform, held: createHeld({ store, platform }) });
  const ids = ['shop', 'shop-2', 'a_b%'];
  for (const id of ids) await applications.create({ id, name: id, type: 'SPA' });
  await store.db.updateTable('applications').set({ instance: null }).execute();
  const grant = (clientId: string) => ({
    ...{ model: 'Grant', id: clientId, payload: JSON.stringify({ clientId, openid: { scope: 'openid' } }) },
    ...{ account_id: 'ali', grant_id: null, uid: null, user_code: null, consumed_at: null, expires_at: null },
  });
  const given = [...ids, 'deleted', 'axb%', 'sesame-account'];
  await store.db.insertInto('oidc_models').values(given.map(grant)).execute();
  await nameInstances(store.db as Kysely<unknown>);
  const rows = await store.db.selectFrom('oidc_models').select(['id', 'client_instance']).execute();
  expect(Object.fromEntries(rows.map(({ id, client_instance }) => [id, client_instance]))).toEqual({
    ...Object.fromEntries(ids.map((id) => [id, id])),
    'sesame-account': null,
  });
  await store.close();
});
