import { expect, test } from 'vitest';
import { z } from 'zod';
import { acmeSms } from '../example/acme-sms.ts';
import type { Message, SendResult } from './connector.ts';
import type { ConnectorContract } from './connector-contract.ts';
import { ConnectorError } from './connector-error.ts';
import { mailChecks } from './contract-mail-checks.ts';
import { contractChecks, testConnectorContract } from './contract-suite.ts';
import { defaultContentTemplates } from './default-texts.ts';
import { type ConnectorDefinition, defineConnector, type SendContext } from './define-connector.ts';
import { headersOf, type Mail } from './mail.ts';
import { mailTemplatesGuard, mailTemplatesItem } from './mail-config.ts';
import { startProviderDouble } from './provider-double.ts';
import { postToProvider } from './provider-request.ts';
import type { Template } from './template.ts';

type Config = z.infer<typeof acmeSms.configGuard>;
type Definition = ConnectorDefinition<Config, Template>;
const good: Definition = acmeSms;
const { metadata } = good;
const { send } = good;

const contractOf = (definition: Definition) =>
  ({
    create: defineConnector(definition),
    config: (endpoint) => ({ endpoint, key: 'acme-secret-key', templates: defaultContentTemplates }),
    requiredKeys: ['endpoint', 'key', 'templates'],
    secrets: ['acme-secret-key'],
    recipient: '+8613800138000',
    startDouble: () => startProviderDouble(() => ({ body: { id: 'm-1' } })),
    refusals: [
      {
        name: 'wrong number',
        reply: { status: 400, body: { error: 'no-such-number', message: 'No such "number"' } },
        kind: 'recipient',
        providerCode: 'no-such-number',
      },
      {
        name: 'busy',
        reply: { body: { error: 'busy', message: 'Try later' } },
        kind: 'limit',
        providerCode: 'busy',
        retry: true,
      },
    ],
  }) satisfies ConnectorContract;

testConnectorContract(test, 'the example', contractOf(good));

async function broken(definition: Partial<Definition>): Promise<string[]> {
  const checks = contractChecks(contractOf({ ...good, ...definition }));
  const results = await Promise.allSettled(checks.map(({ run }) => run()));
  return checks.filter((_, index) => results[index]?.status === 'rejected').map(({ name }) => name);
}

const changingErrors =
  (change: (data: ConnectorError['data'], message: Message, config: Config) => Partial<ConnectorError['data']>) =>
  (message: Message, context: SendContext<Config>) =>
    send(message, context).catch((error: ConnectorError) => {
      throw new ConnectorError({ ...error.data, ...change(error.data, message, context.config) });
    });

const badSends: [string, typeof send, string[]][] = [
  ['names the secret in an error', changingErrors((_, __, { key }) => ({ message: key })), ['tells "busy" as limit']],
  ['names the code', changingErrors((_, { text }) => ({ message: text })), ['tells "busy" as limit']],
  [
    'repeats what is unclear',
    changingErrors(() => ({ retry: true })),
    [
      'does not send again after "wrong number"',
      'does not know what came of the fault "reset", and does not send again',
    ],
  ],
  [
    'never repeats',
    changingErrors(() => ({ retry: false })),
    ['sends again after "busy"', 'tries again when there is no connection'],
  ],
  [
    'blames the recipient',
    changingErrors(() => ({ kind: 'recipient' })),
    ['tells "busy" as limit', 'does not know what came of the fault "cut", and does not send again'],
  ],
  [
    "drops the provider's words",
    changingErrors(() => ({ providerMessage: undefined as never })),
    ['tells "wrong number" as recipient'],
  ],
  [
    "drops the provider's code",
    changingErrors(() => ({ providerCode: undefined as never })),
    ['tells "wrong number" as recipient'],
  ],
  [
    'quotes the provider',
    changingErrors((_, __, { key }) => ({ providerMessage: key })),
    ['hides secrets that "wrong number" quotes'],
  ],
  [
    'has no id',
    async (...given) => ({ text: (await send(...given)).text ?? '' }),
    ['sends a code for AnotherUsageType'],
  ],
  [
    'sends nothing',
    async () => ({ providerMessageId: 'm-1' }),
    ['sends a code for Register', 'prefers the unsaved configuration to the stored one'],
  ],
  [
    'throws what is not ours',
    (message) => Promise.reject(new TypeError(message.to)),
    ['is not put off by null as reply'],
  ],
  [
    'follows redirects',
    (message, context) =>
      send(message, {
        ...context,
        fetch: (url, init) => context.fetch(url, { ...init, redirect: 'follow' }),
      }),
    ['does not follow a redirect'],
  ],
  [
    'reports the key',
    async (message, context) => ({
      ...(await send(message, context)),
      providerMessageId: context.config.key,
    }),
    ['sends a code for SignIn'],
  ],
];

test.each(badSends)('the contract catches a connector that %s', async (_, badSend, names) => {
  expect(await broken({ send: badSend })).toEqual(expect.arrayContaining(names));
});

test('the contract catches a connector that cuts texts, or takes those that its provider refuses', async () => {
  const cutting = {
    ...good,
    send: (message: Message, context: SendContext<Config>) =>
      send({ ...message, text: message.text.slice(0, 30) }, context),
  };
  const texts = { taken: ['x'.repeat(30), 'y'.repeat(31)], refused: ['z'.repeat(40)] };
  const checks = contractChecks({ ...contractOf(cutting), texts }).filter(({ name }) => name.includes('the text'));
  const results = await Promise.allSettled(checks.map(({ run }) => run()));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
});

const anyConfig = z.any() as Definition['configGuard'];

test('the contract catches a connector that does not check its configuration', async () => {
  expect(await broken({ configGuard: anyConfig })).toEqual(
    expect.arrayContaining([
      'refuses a configuration without key',
      'refuses a configuration with an empty key',
      'refuses templates without one for Generic',
      'refuses to send to http://10.0.0.1',
    ]),
  );
});

test('the contract catches bad metadata', async () => {
  const formItems = [...metadata.formItems, { key: 'key', type: 'Text', label: ' ' } as const];
  expect(await broken({ metadata: { ...metadata, id: '', formItems } })).toEqual([
    'has an id, a name, a description, a logo and a guide',
    'has one labelled form item for each key',
  ]);
  expect(await broken({ metadata: { ...metadata, formItems: [{ key: 'key', type: 'Text', label: 'Key' }] } })).toEqual([
    'has one labelled form item for each key',
    'marks secrets as confidential',
  ]);
});

test('the contract catches a key of the configuration that has no field', async () => {
  const formItems = metadata.formItems.filter(({ key }) => key !== 'endpoint');
  const optional = {
    ...contractOf({ ...good, metadata: { ...metadata, formItems } }),
    requiredKeys: ['key', 'templates'],
  };
  const check = contractChecks(optional).find(({ name }) => name === 'has one labelled form item for each key');
  await expect(check?.run()).rejects.toThrow('endpoint has no form item');
});

const mailGuard = z.object({ ...acmeSms.configGuard.shape, templates: mailTemplatesGuard });
type Sending = (message: Message, context: SendContext<z.infer<typeof mailGuard>>) => Promise<SendResult>;

/** The example, as a connector for mails. */
const sendMail: Sending = async ({ to, text, mail }, context) => {
  const { endpoint, key } = context.config;
  const headers = { authorization: `Bearer ${key}` };
  const body = JSON.stringify({ to, ...mail });
  const { json } = await postToProvider(context, { url: endpoint, headers, body });
  return { text, providerMessageId: (json as { id: string }).id, headers: headersOf({ to, mail }) };
};

const mailContract = (given: Sending): ConnectorContract => ({
  ...contractOf(good),
  create: defineConnector({ type: 'Email', metadata, configGuard: mailGuard, send: given }),
  type: 'Email',
  config: (endpoint) => ({ endpoint, key: 'acme-secret-key', templates: mailTemplatesItem.defaultValue }),
  recipient: 'jo@example.com',
  mail: {
    configured: (config, mail) => {
      const [first, ...others] = config.templates as object[];
      return { ...config, templates: [{ ...first, ...mail, contentType: 'text/html' }, ...others] };
    },
    read: ({ body }) => JSON.parse(body),
  },
});

async function brokenMail(given: Sending): Promise<string[]> {
  const checks = mailChecks(mailContract(given));
  const results = await Promise.allSettled(checks.map(({ run }) => run()));
  return checks.filter((_, index) => results[index]?.status === 'rejected').map(({ name }) => name);
}

const changingMail =
  (change: (message: Message & { mail: Mail }) => Partial<Message>): Sending =>
  (message, context) =>
    sendMail({ ...message, ...change(message as Message & { mail: Mail }) }, context);

test.each<[string, Sending, string[]]>([
  ['is well', sendMail, []],
  [
    'sends one part',
    changingMail(({ mail }) => ({ mail: { ...mail, text: '' } })),
    ['sends both parts, with variables escaped in HTML alone'],
  ],
  [
    'escapes nothing',
    changingMail(({ mail }) => ({ mail: { ...mail, html: mail.html.replaceAll('&lt;', '<') } })),
    ['sends both parts, with variables escaped in HTML alone'],
  ],
  [
    'sends to another spelling',
    changingMail(({ to }) => ({ to: to.toLowerCase() })),
    ['sends to an address as it was typed, with its domain in ASCII'],
  ],
  [
    'keeps the headers to itself',
    async (message, context) => ({ ...(await sendMail(message, context)), headers: undefined }),
    ['tells the headers of a mail that was sent'],
  ],
])('of mails, the contract sees that a connector %s', async (_, given, names) => {
  expect(await brokenMail(given)).toEqual(names);
});
