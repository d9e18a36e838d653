import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ReceivedMail, refusing, type SmtpServer, startSmtpServer } from '../doubles/smtp.ts';
import { newServer, type TestServer } from '../setup/server.ts';

let server: TestServer;
let smtp: SmtpServer;
/** The mailboxes that there are not. */
const unknown = new Set<string>();
beforeAll(async () => {
  [server, smtp] = await Promise.all([
    newServer('SQLite'),
    startSmtpServer({
      authOptional: false,
      allowInsecureAuth: true,
      onRcptTo: ({ address }, _, done) =>
        unknown.has(address) ? done(refusing(550, `5.1.1 <${address}>: no such mailbox`)) : done(),
    }),
  ]);
});
afterAll(async () => {
  await server.close();
  await smtp.close();
});

const connectorId = 'simple-mail-transfer-protocol';
const configFor = (pass: string) => ({
  host: '127.0.0.1',
  port: smtp.port,
  auth: { user: 'jo', pass },
  fromEmail: 'Ali Baba <codes@example.com>',
  templates: ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
    usageType,
    subject: '{{code}} is your code',
    content: '<p>Your code is <b>{{code}}</b>.</p>',
    contentType: 'text/html',
  })),
});

test('SMTP is set up by the API, sends a code, and the code is good', async () => {
  const { management } = server;
  const email = 'Morgiana@example.com';
  const wrong = await management.post(`/connectors/${connectorId}/test`, { email, config: configFor('a wrong one') });
  expect(wrong).toMatchObject({ status: 400, body: { data: { kind: 'configuration' } } });
  expect(wrong.text).not.toContain('a wrong one');
  const tried = await management.post(
    `/connectors/${connectorId}/test`,
    { email, config: configFor('right') },
    { prefer: 'return=representation' },
  );
  expect(tried).toMatchObject({ status: 200, body: { text: 'Your code is 000000.', segments: null } });

  const made = await management.post('/connectors', { connectorId, config: configFor('right') });
  expect(made).toMatchObject({ status: 200, body: { type: 'Email', state: 'live' } });
  expect(made.text).not.toContain('right');
  expect((await management.get('/connectors')).body).toMatchObject([
    { connectorId: 'development-inbox', type: 'Sms', state: 'live' },
    { connectorId, type: 'Email', state: 'live' },
  ]);
  expect((await management.get('/connectors/history')).body).toMatchObject([{ id: 'development-inbox-email' }]);

  expect(await management.post('/verification-codes', { email })).toMatchObject({ status: 204 });
  const { to, mail } = smtp.mails.at(-1) as ReceivedMail;
  const [code = ''] = /\d{6}/.exec(mail.subject ?? '') ?? [];
  expect(to).toEqual([email]);
  expect(mail).toMatchObject({
    text: expect.stringContaining(`Your code is ${code}.`),
    html: expect.stringContaining(`<b>${code}</b>`),
    from: { value: [{ address: 'codes@example.com', name: 'Ali Baba' }] },
  });
  const answer = { email: email.toUpperCase(), verificationCode: code };
  expect(await management.post('/verification-codes/verify', answer)).toMatchObject({ status: 204 });
  const [message] = (await management.get('/messages?channel=Email')).body;
  expect(message).toMatchObject({
    recipient: email.toLowerCase(),
    outcome: 'verified',
    connectorFactoryId: connectorId,
    providerMessageId: mail.messageId,
  });
});

test('a mailbox that there is not is told as the fault of the recipient, in no log by its address', async () => {
  const email = 'nobody@example.com';
  unknown.add(email);
  const reply = await server.management.post('/verification-codes', { email });
  expect(reply).toMatchObject({
    status: 400,
    body: { code: 'connector.general', data: { kind: 'recipient', providerCode: '550' } },
  });
  expect(reply.text).not.toContain(email);
  expect((await server.management.get('/messages?channel=Email')).body[0]).toMatchObject({
    state: 'failed',
    error: { code: 'connector.general', kind: 'recipient' },
  });
  expect(server.logged.join('')).not.toContain(email);
});

test('a mailbox that there is not gets no further mail, with the same answer, until that is lifted', async () => {
  const { management } = server;
  const email = 'gone@example.com';
  unknown.add(email);
  const send = () => management.post('/verification-codes', { email });
  const refused = await send();
  expect(refused).toMatchObject({ status: 400, body: { code: 'connector.general', data: { kind: 'recipient' } } });
  unknown.delete(email);
  const again = await send();
  expect([again.status, again.body.code, again.body.data.kind]).toEqual([400, 'connector.general', 'recipient']);
  expect(again.body.message).toBe(refused.body.message);
  const [kept] = (await management.get(`/messages?email=${encodeURIComponent(email)}`)).body;
  expect(kept).toMatchObject({ state: 'suppressed', outcome: 'suppressed', error: { kind: 'recipient' } });
  const [suppression] = (await management.get('/suppressions?email=GONE%40example.com')).body;
  expect(suppression).toMatchObject({ email, error: { kind: 'recipient', providerCode: '550' } });
  expect((await management.get('/suppressions')).body).toContainEqual(suppression);

  expect(await management.delete(`/suppressions/${email}`)).toMatchObject({ status: 204 });
  expect(await management.delete(`/suppressions/${email}`)).toMatchObject({ status: 404 });
  expect(await send()).toMatchObject({ status: 204 });
  const [lifted] = (await management.get('/audit-log?page_size=1')).body;
  expect(lifted).toMatchObject({ action: 'suppression.lift', subject: { type: 'suppression', id: email } });
});

test('a test of an administrator suppresses nothing, and no SMS is ever suppressed', async () => {
  const email = 'never@example.com';
  unknown.add(email);
  const body = { email, config: configFor('right') };
  expect(await server.management.post(`/connectors/${connectorId}/test`, body)).toMatchObject({ status: 400 });
  expect((await server.management.get(`/suppressions?email=${email}`)).body).toEqual([]);
});
