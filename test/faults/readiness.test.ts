import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newServer, type TestServer } from '../setup/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await newServer('SQLite');
});
afterAll(() => server.close());

const ask = async (path: string) => {
  const response = await fetch(`${server.baseUrl}${path}`);
  return { status: response.status, text: await response.text(), retryAfter: response.headers.get('retry-after') };
};

test('on a full disk the process lives and is not ready', async () => {
  for (const path of ['/livez', '/readyz'])
    expect(await ask(path)).toMatchObject({ status: 200, text: '{"status":"ok"}' });
  expect(await ask('/api/status')).toMatchObject({ status: 204, text: '' });

  const { db } = server.services.store;
  const { rows } = await sql.raw<{ page_count: number }>('pragma page_count').execute(db);
  await sql.raw(`pragma max_page_count = ${rows[0]?.page_count}`).execute(db);
  server.advance(5_000);
  expect(await ask('/livez')).toMatchObject({ status: 200 });
  for (const path of ['/readyz', '/api/status']) {
    const answer = await ask(path);
    expect(answer).toMatchObject({ status: 503, retryAfter: '5' });
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'system.unavailable' });
  }

  await sql.raw('pragma max_page_count = 1000000').execute(db);
  server.advance(500);
  expect(await ask('/readyz')).toMatchObject({ status: 200 });
});

test('the process lives without its database', async () => {
  const { store, readiness } = server.services;
  const ping = store.ping;
  const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  store.ping = () => Promise.reject(away);
  expect(await ask('/livez')).toMatchObject({ status: 200 });
  expect(await ask('/readyz')).toMatchObject({ status: 503 });
  store.ping = ping;
  await readiness.check();
});
