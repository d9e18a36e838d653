import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';
import { databases } from '../../../../../../test/setup/stores.ts';

const path = '/api/suppressions';

describe.each(databases)('suppressions on %s', (database) => {
  let server: ConsoleServer;
  let cookie: string;
  beforeAll(async () => {
    server = await newConsoleServer(database);
    cookie = await server.signIn();
  });
  afterAll(() => server?.close());

  async function send(method: 'GET' | 'POST' | 'DELETE', below = '', body?: object) {
    const reply = await server.send(method, path + below, { cookie, ...(body && { body }) });
    return { status: reply.statusCode, headers: reply.headers, body: reply.body === '' ? undefined : reply.json() };
  }
  const emailsIn = ({ body }: { body: { email: string }[] }) => body.map(({ email }) => email).toSorted();

  test('are added by hand, found by a part, read a page at a time, and lifted', async () => {
    const { status, body: added } = await send('POST', '', { email: 'Ali.Baba@Example.com', reason: 'asked us to' });
    expect(status).toBe(200);
    expect(added).toMatchObject({ email: 'ali.baba@example.com', by: 'administrator', reason: 'asked us to' });
    expect(added).toMatchObject({ messageId: null, error: { kind: 'recipient' } });
    expect((await send('POST', '', { email: 'ali.baba@example.com', reason: 'again' })).body).toEqual(added);
    for (const name of ['morgiana', 'cassim']) await send('POST', '', { email: `${name}@example.org` });

    expect(emailsIn(await send('GET', '?search=EXAMPLE.ORG'))).toEqual(['cassim@example.org', 'morgiana@example.org']);
    expect(emailsIn(await send('GET', '?search=%25'))).toEqual([]);
    expect(emailsIn(await send('GET', '?by=provider'))).toEqual([]);
    expect(emailsIn(await send('GET', '?email=ALI.BABA%40example.com&by=administrator'))).toEqual([added.email]);
    const first = await send('GET', '?page_size=2');
    expect(first.headers['total-number']).toBe('3');
    const second = await send('GET', `?page_size=2&after=${first.headers['next-cursor']}`);
    expect([...emailsIn(first), ...emailsIn(second)].toSorted()).toEqual(emailsIn(await send('GET')));
    const exported = await server.send('GET', `${path}?format=csv`, { cookie });
    expect(exported.body).toContain('cassim@example.org');

    expect((await send('DELETE', '/Ali.Baba%40example.com')).status).toBe(204);
    expect((await send('DELETE', '/ali.baba%40example.com')).status).toBe(404);
    const entries = (await server.send('GET', '/api/audit-log?subjectType=suppression', { cookie })).json();
    expect(entries.map(({ action, subject }: never) => [action, (subject as { id: string }).id])).toEqual(
      expect.arrayContaining([
        ['suppression.lift', 'Ali.Baba@example.com'],
        ['suppression.add', 'ali.baba@example.com'],
      ]),
    );
  });

  test('are the same however a domain is written', async () => {
    const [typed, kept] = ['Zobeide@Bücher.example', 'zobeide@xn--bcher-kva.example'];
    expect((await send('POST', '', { email: typed })).body).toMatchObject({ email: kept });
    for (const query of [
      `email=${encodeURIComponent(typed)}`,
      'search=b%C3%BCcher',
      'search=zobeide%40B%C3%BCcher.example',
    ]) {
      expect([query, emailsIn(await send('GET', `?${query}`))]).toEqual([query, [kept]]);
    }
    expect((await send('DELETE', `/${encodeURIComponent(typed)}`)).status).toBe(204);
    const [lifted] = (await server.send('GET', '/api/audit-log?subjectType=suppression', { cookie })).json();
    expect(lifted).toMatchObject({
      action: 'suppression.lift',
      details: { changes: [{ field: 'isSuppressed', before: true }] },
    });
    expect(emailsIn(await send('GET', `?email=${kept}`))).toEqual([]);
  });

  test('that were added by hand hold mail back, and tell whoever asks for it nothing of the reason', async () => {
    const email = 'fortunio@example.com';
    await send('POST', '', { email, reason: 'a secret matter' });
    const asked = await server.send('POST', '/api/verification-codes', { cookie, body: { email } });
    expect(asked.statusCode).toBe(400);
    expect(asked.json()).toMatchObject({ code: 'connector.general', data: { kind: 'recipient' } });
    expect(asked.body).not.toContain('secret');
    const messages = await server.send('GET', `/api/messages?email=${email}`, { cookie });
    expect(messages.json()).toMatchObject([{ state: 'suppressed' }]);
    expect(messages.body).not.toContain('secret');
  });
});
