import { expect, onTestFinished, test } from 'vitest';
import { startSmtpServer } from '../../../../../../test/doubles/smtp.ts';
import { newConsoleServer } from '../../../../../../test/setup/console.ts';

test('a test mail tells its headers as the mail server got them, and one of the inbox what it knows', async () => {
  const [server, smtp] = await Promise.all([newConsoleServer('SQLite'), startSmtpServer()]);
  onTestFinished(async () => {
    await server.close();
    await smtp.close();
  });
  const cookie = await server.signIn();
  const send = async (factoryId: string, config?: object) => {
    const body = { email: 'jo@example.com', ...(config && { config }) };
    const headers = { prefer: 'return=representation' };
    const url = `/api/connectors/${factoryId}/test`;
    return (await server.send('POST', url, { cookie, body, headers })).json().headers;
  };
  const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
    ...{ usageType, contentType: 'text/plain', subject: '{{code}} für Sie', content: '{{code}}' },
  }));
  const config = { host: '127.0.0.1', port: smtp.port, auth: {}, fromEmail: 'Acme <codes@example.com>', templates };
  const told: { name: string; value: string }[] = await send('simple-mail-transfer-protocol', config);
  const lines = new Map(smtp.mails[0]?.mail.headerLines.map(({ key, line }) => [key, line]));
  const names = ['From', 'To', 'Subject', 'Message-ID', 'X-Entity-Ref-ID', 'Date'];
  expect(told.map(({ name }) => name)).toEqual([...names, 'Auto-Submitted', 'X-Auto-Response-Suppress']);
  for (const { name, value } of told) expect(lines.get(name.toLowerCase())).toBe(`${name}: ${value}`);
  expect(await send('development-inbox-email')).toEqual([
    { name: 'To', value: 'jo@example.com' },
    { name: 'Subject', value: expect.stringContaining('000000') },
  ]);
});
