import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { z as z3 } from 'zod/v3';
import type { ConnectorContext, ConnectorMetadata, Message } from './connector.ts';
import { ConnectorError } from './connector-error.ts';
import { defineConnector, parseConfig, type SendContext } from './define-connector.ts';

const metadata: ConnectorMetadata = {
  id: 'acme-sms',
  target: 'acme-sms',
  platform: null,
  name: { en: 'Acme' },
  description: { en: 'Sends with Acme.' },
  logo: './logo.svg',
  logoDark: null,
  readme: './README.md',
  formItems: [],
};
const template = z.object({ usageType: z.string(), locale: z.string().optional(), content: z.string() });
const configGuard = z.object({ key: z.string(), templates: z.array(template).optional() });
type Config = z.infer<typeof configGuard>;
type Given = { message: Message; context: SendContext<Config> };

const defaultTemplates = [{ usageType: 'Generic', content: 'Code {{code}}' }];
const data = { to: '+8613800138000', type: 'SignIn', payload: { code: '123456' } };

function setUp({ stored = { key: 'stored' }, templates = defaultTemplates, outcomes = [] as unknown[], ...rest } = {}) {
  const sent: Given[] = [];
  const sleep = vi.fn(async () => {});
  const create = defineConnector<Config, z.infer<typeof template>>({
    metadata,
    configGuard,
    defaultTemplates: templates,
    async send(message, context) {
      sent.push({ message, context });
      const error = outcomes.shift();
      if (error) throw error;
      return { providerMessageId: String(sent.length) };
    },
  });
  const context: ConnectorContext = { getConfig: async () => stored, sleep, ...rest };
  const send = async (changes = {}, input?: unknown) =>
    (await create(context)).sendMessage({ ...data, ...changes }, input);
  return { sent, sleep, send };
}

test('hands over a message that is ready, and what it was given', async () => {
  const now = () => 7;
  const { sent, send } = setUp({ now, timeoutMs: 5, randomUUID: () => 'new-id' } as object);
  expect(await send()).toEqual({ providerMessageId: '1' });
  expect(sent[0]?.message).toEqual({
    to: '+8613800138000',
    usageType: 'SignIn',
    template: defaultTemplates[0],
    text: 'Code 123456',
    variables: { code: '123456' },
    messageId: 'new-id',
    lifetimeSeconds: 600,
  });
  expect(sent[0]?.context).toMatchObject({ config: { key: 'stored' }, now, timeoutMs: 5, fetch: globalThis.fetch });
});

test("keeps the server's id and lifetime, and adds the plus to a recipient", async () => {
  const { sent, send } = setUp();
  await send({ to: '8613800138000', messageId: 'm-1', lifetimeSeconds: 60 });
  expect(sent[0]?.message).toMatchObject({ to: '+8613800138000', messageId: 'm-1', lifetimeSeconds: 60 });
});

test('an unsaved configuration wins, its templates too', async () => {
  const { sent, send } = setUp();
  const templates = [{ usageType: 'SignIn', locale: 'de', content: 'Kode {{code}}' }];
  await send({ payload: { code: '1', locale: 'de' } }, { key: 'unsaved', templates });
  expect(sent[0]).toMatchObject({ message: { text: 'Kode 1' }, context: { config: { key: 'unsaved' } } });
});

test('without a template nothing is sent', async () => {
  const { sent, send } = setUp({ templates: [] });
  await expect(send()).rejects.toMatchObject({ code: 'template_not_found', data: { kind: 'configuration' } });
  expect(sent).toEqual([]);
});

const failing = (retry: boolean) => new ConnectorError({ kind: 'limit', message: 'Busy', retry });

test('sends again what was not processed, twice at most and a little later each time', async () => {
  const helped = setUp({ outcomes: [failing(true), failing(true)] });
  expect(await helped.send()).toEqual({ providerMessageId: '3' });
  expect(helped.sleep.mock.calls).toEqual([[250], [500]]);
  expect(new Set(helped.sent.map(({ message }) => message.messageId)).size).toBe(1);

  const inVain = setUp({ outcomes: [1, 2, 3, 4].map(() => failing(true)) });
  await expect(inVain.send()).rejects.toThrow('Busy');
  expect(inVain.sent).toHaveLength(3);
});

test.each([
  [1, [[1000]]],
  [2, [[2000]]],
  [3, []],
])('waits %d s where the provider asks for it, but no longer than two', async (retryAfterSeconds, sleeps) => {
  const busy = new ConnectorError({ kind: 'limit', message: 'Busy', retry: true, retryAfterSeconds });
  const { send, sleep } = setUp({ outcomes: [busy] });
  const sent = send();
  if (sleeps.length > 0) expect(await sent).toEqual({ providerMessageId: '2' });
  else await expect(sent).rejects.toBe(busy);
  expect(sleep.mock.calls).toEqual(sleeps);
});

test.each([failing(false), new TypeError('A bug'), { data: { retry: true } }])('does not repeat %s', async (error) => {
  const { sent, sleep, send } = setUp({ outcomes: [error] });
  await expect(send()).rejects.toBe(error);
  expect([sent.length, sleep.mock.calls.length]).toEqual([1, 0]);
});

test('a connector for email gets an address and both parts of a mail, and no other recipient', async () => {
  const sent: Message[] = [];
  const create = defineConnector<Config, z.infer<typeof template>>({
    type: 'Email',
    metadata,
    configGuard,
    defaultTemplates: [{ usageType: 'Generic', content: '<p>Code {{code}}</p>' }],
    send: async (message) => {
      sent.push(message);
      return {};
    },
  });
  const connector = await create({ getConfig: async () => ({ key: 'k' }) });
  expect(connector.type).toBe('Email');
  await connector.sendMessage({ ...data, to: 'Jo@Bücher.example' });
  expect(sent).toMatchObject([
    {
      to: 'Jo@xn--bcher-kva.example',
      text: 'Code 123456',
      mail: { text: 'Code 123456', html: '<p>Code 123456</p>' },
    },
  ]);
  for (const to of ['+8613800138000', 'a@example.com\r\nRCPT TO:<b@example.com>'])
    await expect(connector.sendMessage({ ...data, to })).rejects.toMatchObject({ data: { kind: 'recipient' } });
  expect(sent).toHaveLength(1);
});

test.each([
  ['zod 4', z.object({ key: z.string(), list: z.array(z.object({ a: z.number() })) })],
  ['zod 3', z3.object({ key: z3.string(), list: z3.array(z3.object({ a: z3.number() })) })],
])('a guard of %s names the fields at fault, never their values', (_, guard) => {
  const error = expectError(() => parseConfig<unknown>(guard, { key: 7_654_321, list: [{ a: 'swordfish' }] }));
  expect(error).toMatchObject({ code: 'invalid_config', data: { kind: 'configuration' } });
  expect(error.data.issues?.map(({ path }) => path)).toEqual(['key', 'list.0.a']);
  expect(error.message).toMatch(/key: .*; list\.0\.a: /);
  expect(JSON.stringify(error)).not.toMatch(/swordfish|7654321/);
  expect(parseConfig<unknown>(guard, { key: 'k', list: [] })).toEqual({ key: 'k', list: [] });
});

function expectError(run: () => unknown): ConnectorError {
  try {
    run();
  } catch (error) {
    return error as ConnectorError;
  }
  return expect.fail('Nothing was thrown');
}

test('a template that comes with the message goes before those of the configuration', async () => {
  const { sent, send } = setUp();
  const template = { usageType: 'SignIn', locale: 'de', content: 'Anmelden: {{code}}' };
  await send({ template });
  expect(sent[0]?.message).toMatchObject({ template, text: 'Anmelden: 123456' });
});
