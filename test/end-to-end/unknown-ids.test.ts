import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await newServer('SQLite');
});
afterAll(() => server.close());

const notFound = { status: 404, body: { code: 'entity.not_found' } };
const unknownFactory = { status: 422, body: { code: 'connector.not_found_with_connector_id' } };

test('ids that lead nowhere are answered as the contract says', async () => {
  const { management } = server;
  expect(await management.get('/connector-factories/nothing')).toMatchObject(notFound);
  expect(await management.get('/connectors/nothing')).toMatchObject(notFound);
  expect(await management.patch('/connectors/nothing', { config: {} })).toMatchObject(notFound);
  expect(await management.delete('/connectors/nothing')).toMatchObject(notFound);
  expect(await management.post('/connectors/history/nothing/restore')).toMatchObject(notFound);
  expect(await management.delete('/connectors/history/nothing')).toMatchObject(notFound);
  expect(await management.get('/messages/nothing')).toMatchObject(notFound);
  const phone = newPhone();
  expect(await management.post('/connectors', { connectorId: 'nothing' })).toMatchObject(unknownFactory);
  expect(await management.post('/connectors/nothing/test', { phone, config: {} })).toMatchObject(unknownFactory);
  for (const id of ['__proto__', 'constructor', 'toString']) {
    expect(await management.post('/connectors', { connectorId: id })).toMatchObject(unknownFactory);
    expect(await management.get(`/connector-factories/${id}`)).toMatchObject(notFound);
  }
});

test('an id of one’s own can be given once', async () => {
  const { management } = server;
  const connector = { connectorId: 'development-inbox', id: 'my-own-id' };
  expect(await management.post('/connectors', connector)).toMatchObject({ status: 200, body: { id: 'my-own-id' } });
  const [{ updatedAt }] = (await management.get('/connectors')).body;
  expect(await management.post('/connectors', connector)).toMatchObject({
    status: 422,
    body: { code: 'entity.id_in_use' },
  });
  expect((await management.get('/connectors')).body).toMatchObject([{ id: 'my-own-id', updatedAt }, { type: 'Email' }]);
  for (const id of ['', 'a b', '../x', 'x'.repeat(65)]) {
    expect(await management.post('/connectors', { ...connector, id })).toMatchObject({
      status: 400,
      body: { code: 'guard.invalid_input', data: { issues: [{ in: 'body', path: 'id' }] } },
    });
  }
});
