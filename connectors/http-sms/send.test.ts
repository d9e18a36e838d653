import { ConnectorError, type SendMessageData } from '@sesame/connector-kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HttpEndpointDouble, startHttpEndpoint } from '../../test/doubles/http-endpoint.ts';
import createHttpSms from './index.ts';

const authorization = 'Bearer s3cr3t-of-the-endpoint';
const message: SendMessageData = {
  to: '+8613800138000',
  type: 'SignIn',
  payload: { code: '482913', locale: 'en', application: { name: 'Shop' } },
  messageId: 'message-1',
  lifetimeSeconds: 300,
};

let endpoint: HttpEndpointDouble;
beforeEach(async () => {
  endpoint = await startHttpEndpoint({ authorization });
});
afterEach(() => endpoint.close());

async function send(config: Record<string, unknown> = {}, data: Partial<SendMessageData> = {}) {
  const stored = { endpoint: `${endpoint.url}/sms/send`, authorization, ...config };
  const connector = await createHttpSms({ getConfig: async () => stored, sleep: async () => {} });
  return connector.sendMessage({ ...message, ...data });
}

async function refusal(config?: Record<string, unknown>): Promise<ConnectorError> {
  const error = await send(config).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConnectorError);
  return error as ConnectorError;
}

test('posts the message as the guide describes it', async () => {
  const text = 'Your sign-in verification code is 482913. It is valid for 10 minutes.';
  expect(await send()).toEqual({ providerMessageId: 'endpoint-1', text });
  expect(endpoint.accepted).toEqual([
    {
      to: '8613800138000',
      type: 'SignIn',
      payload: message.payload,
      recipient: '+8613800138000',
      text,
      messageId: 'message-1',
      expiresInSeconds: 300,
    },
  ]);
  expect(endpoint.requests[0]).toMatchObject({ method: 'POST', path: '/sms/send' });
});

test.each([undefined, '', '  '])('sends no Authorization header when it is %j', async (empty) => {
  const open = await startHttpEndpoint();
  await send({ endpoint: open.url, authorization: empty });
  expect(open.accepted).toHaveLength(1);
  await open.close();
});

test('prefers the templates of the configuration, in the language of the message', async () => {
  const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].flatMap((usageType) => [
    { usageType, content: `${usageType} {{code}} {{application.name}}` },
    { usageType, locale: 'zh-CN', content: `${usageType} 验证码 {{code}}` },
  ]);
  expect(await send({ templates })).toMatchObject({ text: 'SignIn 482913 Shop' });
  expect(await send({ templates }, { payload: { code: '482913', locale: 'zh-CN' } })).toMatchObject({
    text: 'SignIn 验证码 482913',
  });
});

test.each([
  ['id as text', { id: 'abc' }, 'abc'],
  ['id as a number', { id: 42 }, '42'],
  ['messageId', { messageId: 'm-7' }, 'm-7'],
  ['id before messageId', { id: 'abc', messageId: 'm-7' }, 'abc'],
  ['messageId when id is empty', { id: '', messageId: 'm-7' }, 'm-7'],
  ['neither', { ok: true }, undefined],
  ['an id that is no id', { id: { nested: true } }, undefined],
  ['an id too long to keep', { id: 'x'.repeat(201) }, undefined],
  ['an id made of the code', { id: 'code-482913' }, undefined],
  ['null', null, undefined],
  ['plain text', 'OK', undefined],
])('takes the provider message id from %s', async (_, body, providerMessageId) => {
  endpoint.replyNext({ status: 202, body });
  expect((await send()).providerMessageId).toBe(providerMessageId);
});

test('accepts an empty 204', async () => {
  endpoint.replyNext({ status: 204 });
  expect(await send()).not.toHaveProperty('providerMessageId');
});

test.each(['<html>Gateway</html>', ' <!DOCTYPE html>\n<html lang="en">Sign in</html>'])(
  'does not take a web page for an answer: %s',
  async (body) => {
    endpoint.replyNext({ headers: { 'content-type': 'text/html' }, body });
    expect(await refusal()).toMatchObject({ code: 'invalid_response', data: { kind: 'unclear', status: 200 } });
  },
);

test('takes plain text that a framework labels as HTML', async () => {
  endpoint.replyNext({ headers: { 'content-type': 'text/html' }, body: 'OK' });
  expect(await send()).not.toHaveProperty('providerMessageId');
});

test('does not follow redirects', async () => {
  const other = await startHttpEndpoint({ authorization });
  endpoint.replyNext({ status: 307, headers: { location: other.url }, body: { kind: 'recipient' } });
  expect((await refusal()).data).toMatchObject({ kind: 'unclear', status: 307 });
  expect(other.requests).toEqual([]);
  await other.close();
});

test.each([
  ['endpoint', 'http://sms.example.com/send'],
  ['endpoint', 'https://sms.example.com/send?key=1'],
  ['endpoint', ''],
  ['endpoint', undefined],
  ['authorization', 'Bearer s3cr3t\r\nX-Injected: 1'],
  ['authorization', 'Bearer s3cr3t-ключ'],
  ['templates', [{ usageType: 'Generic', content: '{{code}}' }]],
])('refuses %s %j before anything is sent, without repeating it', async (key, value) => {
  const error = await refusal({ [key]: value });
  expect(error).toMatchObject({ code: 'invalid_config', data: { issues: [{ path: key }] } });
  expect(JSON.stringify([error.message, error.data])).not.toContain('s3cr3t');
  expect(endpoint.requests).toEqual([]);
});

test('a wrong Authorization value is the administrator’s to mend', async () => {
  expect((await refusal({ authorization: 'Bearer other' })).data).toMatchObject({ kind: 'configuration', status: 401 });
  expect(endpoint.accepted).toEqual([]);
});

test('repeats only what the endpoint asks for, under the same message id', async () => {
  endpoint.replyNext({ status: 503, body: { retry: true } });
  expect((await send()).providerMessageId).toBe('endpoint-1');
  expect(endpoint.requests).toHaveLength(2);
  expect(endpoint.requests[1]?.body).toBe(endpoint.requests[0]?.body);
  endpoint.replyNext({ status: 429 });
  expect((await refusal()).data).toMatchObject({ kind: 'limit', status: 429 });
  expect(endpoint.requests).toHaveLength(3);
});
