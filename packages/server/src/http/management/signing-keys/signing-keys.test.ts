import { decodeProtectedHeader } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newServer, type TestServer } from '../../../../../../test/setup/server.ts';
import { databases } from '../../../../../../test/setup/stores.ts';

const path = '/configs/oidc/private-keys';

describe.each(databases)('signing keys by the Management API on %s', (database) => {
  let server: TestServer;
  beforeEach(async () => {
    server = await newServer(database);
  });
  afterEach(() => server.close());

  const published = async () => {
    const { keys } = (await (await fetch(`${server.baseUrl}/oidc/jwks`)).json()) as { keys: { kid: string }[] };
    return keys.map(({ kid }) => kid);
  };

  test('are rotated at once, and the old token goes on working', async () => {
    const [first] = (await server.management.get(path)).body;
    expect(first).toEqual({
      id: (await published())[0],
      effectiveAt: expect.any(Number),
      createdAt: first.effectiveAt,
      signingKeyAlgorithm: 'EC',
      status: 'Current',
    });
    const { status, body } = await server.management.post(`${path}/rotate`, { signingKeyAlgorithm: 'EC' });
    expect(status).toBe(200);
    expect(body).toEqual([
      { ...first, id: expect.any(String), effectiveAt: body[0].createdAt, createdAt: expect.any(Number) },
      { ...first, status: 'Previous' },
    ]);
    expect((await server.management.get(path)).body).toEqual(body);
    expect(await published()).toEqual(body.map(({ id }: { id: string }) => id));
  });

  test('an old one that is deleted verifies nothing any more; the current one stays', async () => {
    const [{ id }] = (await server.management.get(path)).body;
    expect(await server.management.delete(`${path}/${id}`)).toMatchObject({
      status: 422,
      body: { code: 'oidc.key_required' },
    });
    expect(await server.management.post(`${path}/rotate`, {})).toMatchObject({ status: 200 });
    const token = await server.management.token();
    expect(decodeProtectedHeader(token).kid).toBe(id);
    expect(await server.management.delete(`${path}/${id}`)).toMatchObject({ status: 204 });
    server.advance(31_000);
    const answer = await fetch(`${server.baseUrl}/api${path}`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(401);
    expect(await published()).toHaveLength(1);
    expect(await published()).not.toContain(id);
  });

  test('another algorithm, and an unknown key, are refused', async () => {
    expect(await server.management.post(`${path}/rotate`, { signingKeyAlgorithm: 'RSA' })).toMatchObject({
      status: 400,
    });
    expect(await server.management.delete(`${path}/none`)).toMatchObject({ status: 404 });
    expect(await published()).toHaveLength(1);
  });
});
