import { expect, test } from 'vitest';
import { managementApplication } from '../setup/management-client.ts';
import { startTestServer } from '../setup/server.ts';
import { databases, newStoreLocation } from '../setup/stores.ts';

test.each(databases)('the application from the environment calls again after a start, on %s', async (database) => {
  const { location, remove } = await newStoreLocation(database);
  const first = await startTestServer(location);
  const path = `/applications/${managementApplication.id}`;
  expect((await first.management.patch(path, { name: 'Shop', isAdmin: false })).body.isAdmin).toBe(false);
  expect(await first.management.get(path)).toMatchObject({ status: 401, body: { code: 'auth.unauthorized' } });
  await first.close();

  const second = await startTestServer(location);
  expect((await second.management.get(path)).body).toMatchObject({ name: 'Shop', isAdmin: true });
  const [newest] = (await second.management.get('/audit-log')).body;
  expect(newest).toMatchObject({
    actor: { type: 'server', id: 'settings' },
    action: 'application.update',
    subject: { type: 'application', id: managementApplication.id },
    details: { fields: ['isAdmin'], isAdmin: true },
  });
  await second.close();
  await remove();
});
