import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';

const typed = 'Ali.Baba@Bücher.Example';
const phone = '+8613800138000';

/** Before any database is asked, so on one. */
describe('codes by email', () => {
  let server: ConsoleServer;
  let cookie: string;
  beforeAll(async () => {
    server = await newConsoleServer('SQLite');
    cookie = await server.signIn();
  });
  afterAll(() => server.close());

  const post = async (path: string, body: object) => {
    const reply = await server.send('POST', `/api${path}`, { cookie, body });
    return { status: reply.statusCode, body: reply.body ? reply.json() : undefined };
  };
  const codeTo = (recipient: string) => server.services.inbox.messages(recipient)[0]?.code;

  test.each(['', '/verify', '/unlock'])('%s takes exactly one recipient', async (path) => {
    const rest = path === '/verify' ? { verificationCode: '123456' } : {};
    for (const body of [rest, { ...rest, phone, email: typed }]) {
      expect(await post(`/verification-codes${path}`, body)).toMatchObject({
        status: 400,
        body: { code: 'guard.invalid_input', data: { issues: [{ message: 'Give either phone or email.' }] } },
      });
    }
  });

  test.each(['nobody', 'a@b@c.com', 'a b@c.com', 'a@b.com\r\nBcc: c@d.com', '"a"@b.com', 'ali@localhost'])(
    'go to no such address as %j',
    async (email) => {
      expect(await post('/verification-codes', { email })).toMatchObject({
        status: 400,
        body: { code: 'guard.invalid_input', data: { issues: [{ path: 'email' }] } },
      });
      expect(await post('/verification-codes/verify', { email, verificationCode: '123456' })).toMatchObject({
        status: 400,
        body: { code: 'verification_code.not_found', data: { issues: [{ path: 'email' }] } },
      });
    },
  );

  test('a test goes to the kind of recipient that the connector reaches', async () => {
    const test = (id: string, body: object) => post(`/connectors/${id}/test`, body);
    expect((await test('development-inbox-email', { email: typed })).status).toBe(204);
    expect(codeTo(typed)).toBe('000000');
    expect(await test('development-inbox-email', { phone })).toMatchObject({
      status: 400,
      body: { code: 'connector.unexpected_type', data: { type: 'Email' } },
    });
    expect(await test('development-inbox', { email: typed })).toMatchObject({
      status: 400,
      body: { code: 'connector.unexpected_type', data: { type: 'Sms' } },
    });
    expect((await test('development-inbox', { phone, email: typed })).status).toBe(400);
  });
});
