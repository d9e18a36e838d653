import type { SendMessageData } from '@sesame/connector-kit';
import { expect, test, vi } from 'vitest';
import createWithDefaults, { createDevelopmentInbox, type DevelopmentInboxOptions } from './index.ts';

const sentAt = Date.UTC(2026, 0, 2, 3, 4, 5);

async function start(options: DevelopmentInboxOptions = {}, config: Record<string, unknown> = {}) {
  const lines: string[] = [];
  const inbox = createDevelopmentInbox({ print: (line) => lines.push(line), now: () => sentAt, ...options });
  const connector = await inbox.create.Sms({ getConfig: async () => config });
  const send = (data: Partial<SendMessageData> = {}) =>
    connector.sendMessage({ to: '+8613800138000', type: 'SignIn', payload: { code: '482913' }, ...data });
  return { inbox, lines, send };
}

test('keeps what would have been sent, and prints it', async () => {
  const { inbox, lines, send } = await start();
  const text = 'Your sign-in verification code is 482913. It is valid for 10 minutes.';
  const payload = { code: '482913', locale: 'en' };
  expect(await send({ messageId: 'message-1', payload })).toEqual({ providerMessageId: 'message-1', text });
  expect(inbox.messages()).toEqual([
    {
      id: 'message-1',
      channel: 'Sms',
      recipient: '+8613800138000',
      usageType: 'SignIn',
      text,
      code: '482913',
      locale: 'en',
      createdAt: '2026-01-02T03:04:05.000Z',
    },
  ]);
  expect(lines).toEqual(['SMS to +86 13800138000 (SignIn, en), code 482913', `  ${text}`]);
});

test('keeps mails beside SMS, and finds an address in any spelling', async () => {
  const { inbox, lines, send } = await start();
  const mails = await inbox.create.Email({ getConfig: async () => ({}) });
  await send({ messageId: 'message-1' });
  const payload = { code: '482913', locale: 'en' };
  await mails.sendMessage({ to: 'Jo@Bücher.example', type: 'SignIn', messageId: 'message-2', payload });
  expect(inbox.messages().map(({ id }) => id)).toEqual(['message-2', 'message-1']);
  expect(inbox.messages('jo@bücher.EXAMPLE')).toMatchObject([
    {
      id: 'message-2',
      channel: 'Email',
      recipient: 'Jo@xn--bcher-kva.example',
      subject: expect.stringContaining('482913'),
      text: expect.stringContaining('482913'),
      html: expect.stringContaining('482913'),
    },
  ]);
  expect(inbox.messages()[1]).not.toHaveProperty('subject');
  expect(lines).toContain('Mail to Jo@xn--bcher-kva.example (SignIn, en), code 482913');
  expect(mails).toMatchObject({ type: 'Email', metadata: { id: 'development-inbox-email', isDemo: true } });
});

test('a message without a code or language has neither', async () => {
  const { inbox, lines, send } = await start();
  await send({ payload: {} });
  expect(inbox.messages()[0]).toMatchObject({ code: '' });
  expect(inbox.messages()[0]).not.toHaveProperty('locale');
  expect(lines[0]).toBe('SMS to +86 13800138000 (SignIn)');
});

test('lists the newest first, and finds a number in any spelling', async () => {
  const { inbox, send } = await start();
  for (const to of ['+8613800138000', '+12025550123', '+8613800138000']) {
    await send({ to, messageId: `message-${inbox.messages().length + 1}` });
  }
  const ids = (phone?: string) => inbox.messages(phone).map(({ id }) => id);
  expect(ids()).toEqual(['message-3', 'message-2', 'message-1']);
  expect(ids('86 138-0013-8000')).toEqual(['message-3', 'message-1']);
  expect(ids('+12025550123')).toEqual(['message-2']);
  expect(ids('nobody')).toEqual([]);
});

test('drops the oldest beyond its capacity', async () => {
  const { inbox, send } = await start({ capacity: 2 });
  for (const messageId of ['a', 'b', 'c']) await send({ messageId });
  expect(inbox.messages().map(({ id }) => id)).toEqual(['c', 'b']);
});

test('keeps 1000 messages unless told otherwise', async () => {
  const { inbox, send } = await start();
  for (let count = 0; count <= 1000; count += 1) await send({ messageId: `message-${count}` });
  expect(inbox.messages()).toHaveLength(1000);
  expect(inbox.messages().at(-1)?.id).toBe('message-1');
});

test('forgets everything when cleared', async () => {
  const { inbox, send } = await start();
  await send();
  inbox.clear();
  expect(inbox.messages()).toEqual([]);
});

test('what a caller does to the list does not reach the inbox', async () => {
  const { inbox, send } = await start();
  await send();
  inbox.messages().pop();
  expect(inbox.messages()).toHaveLength(1);
});

test('inboxes share nothing', async () => {
  const [one, other] = [await start(), await start()];
  await one.send();
  expect(other.inbox.messages()).toEqual([]);
});

test('uses templates of its own, and prints each line without control characters', async () => {
  const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
    usageType,
    content: '{{application.name}}: {{code}}\n@example.com #{{code}}',
  }));
  const { lines, send } = await start({}, { templates });
  await send({ payload: { code: '482913', application: { name: '\u001b]0;owned\u0007Shop' } } });
  expect(lines.slice(1)).toEqual(['  ]0;ownedShop: 482913', '  @example.com #482913']);
});

test('refuses templates that leave a usage type out', async () => {
  const { inbox, send } = await start({}, { templates: [{ usageType: 'Generic', content: '{{code}}' }] });
  await expect(send()).rejects.toMatchObject({ code: 'invalid_config', data: { issues: [{ path: 'templates' }] } });
  expect(inbox.messages()).toEqual([]);
});

test('on its own it follows the connector contract, on the clock it is given, and writes to the terminal', async () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const connector = await createWithDefaults({ getConfig: async () => ({}), now: () => sentAt });
  await connector.sendMessage({ to: '+8613800138000', type: 'Generic', payload: { code: '482913' } });
  const written = write.mock.calls.map(([chunk]) => chunk).join('');
  write.mockRestore();
  expect(written).toBe(
    'SMS to +86 13800138000 (Generic), code 482913\n' +
      '  Your verification code is 482913. It is valid for 10 minutes.\n',
  );
  expect(connector).toMatchObject({ type: 'Sms', metadata: { id: 'development-inbox', isDemo: true } });
});
