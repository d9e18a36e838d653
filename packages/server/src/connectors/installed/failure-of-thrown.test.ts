import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { failureOfThrown } from './failure-of-thrown.ts';
import { hiding } from './hide-secrets.ts';
import type { Thrown } from './thread/protocol.ts';
import { describeThrown } from './thread/thrown.ts';

const hide = hiding(['top-secret', '482913']);
const failure = (thrown: Partial<Omit<Thrown, 'frames'>>) =>
  failureOfThrown({ name: 'Error', message: '', frames: [], ...thrown }, hide);

test('an error of ours comes through with what it knows, whichever copy of the kit made it', () => {
  const data = { kind: 'recipient', message: 'Not a mobile.', providerCode: '21614', status: 400 };
  expect(failure({ code: 'general', data: { ...data, retry: true, other: 'x' } })).toMatchObject({
    code: 'general',
    data,
  });
  expect(failure({ code: 'general', data: { ...data, retry: true } })?.data).not.toHaveProperty('retry');
  expect(failure({ code: 'nonsense', data: { ...data, kind: 'limit', retryAfterSeconds: 30 } })).toMatchObject({
    code: 'rate_limit_exceeded',
    data: { kind: 'limit', retryAfterSeconds: 30 },
  });
});

test.each([[{ kind: 'recipient' }], [{ kind: 'gone', message: 'x' }], [{ kind: 'recipient', message: 5 }]])(
  '%j is no error of ours',
  (data) => {
    expect(failure({ data })).toBeUndefined();
  },
);

test('fields of the wrong type count as absent', () => {
  const data = { kind: 'limit', message: 'x', providerCode: {}, status: 'high', retryAfterSeconds: -1 };
  expect(failure({ data })?.data).toEqual({ kind: 'limit', message: 'x' });
});

const twilio = {
  code: 20003,
  message: 'Authenticate',
  more_info: 'https://www.twilio.com/docs/errors/20003',
  status: 401,
};

test.each([
  ['the reply of the provider as text', { message: JSON.stringify(twilio) }, '20003', 'Authenticate'],
  [
    'fields of the reply',
    { errorDescription: 'Paused', Code: 'isv.OUT_OF_SERVICE', RequestId: 'R' },
    'isv.OUT_OF_SERVICE',
    'Paused',
  ],
  ['a code and words', { message: 'FailedOperation.Blocked: in the list' }, 'FailedOperation.Blocked', 'in the list'],
  ['a reply with an inner error', { message: '{"error":{"code":7,"message":"No credit"}}' }, '7', 'No credit'],
  ['a reply of SMTP', { message: 'Invalid login: 535 5.7.8 Bad credentials' }, '535', '5.7.8 Bad credentials'],
  ['a status and a body', { statusCode: 400, body: '{"code":7,"message":"No such domain"}' }, '7', 'No such domain'],
])("of Logto's kind, with %s, is the administrator's to mend", (_, data, providerCode, providerMessage) => {
  expect(failure({ code: 'general', data })).toMatchObject({
    code: 'general',
    data: { kind: 'configuration', providerCode, providerMessage },
  });
});

test.each([
  ['words alone', { message: 'connect ECONNREFUSED' }, 'connect ECONNREFUSED'],
  ['an outage', { message: JSON.stringify({ ...twilio, status: 503, message: 'Down' }) }, 'Down'],
  ['an outage with its status', { statusCode: 503, body: 'Down' }, 'Down'],
  ['a page', { message: '<html>Bad gateway</html>' }, '<html>Bad gateway</html>'],
])("of Logto's kind, with %s, is unclear", (_, data, providerMessage) => {
  expect(failure({ code: 'general', data })).toMatchObject({
    code: 'general',
    data: { kind: 'unclear', providerMessage },
  });
});

test.each([
  ['rate_limit_exceeded', 'limit', 'rate_limit_exceeded'],
  ['usage_limit_exceeded', 'limit', 'rate_limit_exceeded'],
  ['template_not_found', 'configuration', 'template_not_found'],
  ['invalid_config', 'configuration', 'invalid_config'],
  ['invalid_response', 'unclear', 'invalid_response'],
])('the code %s is %s', (code, kind, ourCode) => {
  expect(failure({ code, data: { message: 'Words' } })).toMatchObject({ code: ourCode, data: { kind } });
});

test.each([
  [
    'ENOTFOUND',
    'getaddrinfo ENOTFOUND sms.example',
    /^No connection to the provider: getaddrinfo ENOTFOUND sms.example; nothing was sent\.$/,
  ],
  ['ECONNREFUSED', '', /^No connection to the provider: ECONNREFUSED; nothing was sent\.$/],
  ['CERT_HAS_EXPIRED', 'certificate has expired', /^No secure connection .*\(CERT_HAS_EXPIRED\); nothing was sent\.$/],
  ['ETIMEDOUT', "Timeout awaiting 'request'", /^The provider did not answer in time; .* may or may not/],
  ['ECONNRESET', 'socket hang up', /broke \(ECONNRESET\); .* may or may not/],
])('an error of the network is told as one: %s', (code, message, sentence) => {
  expect(failure({ code, message })).toMatchObject({
    code: 'general',
    data: { kind: 'unclear', message: expect.stringMatching(sentence) },
  });
  expect(failure({ code, message })?.data.isUnsent ?? false).toBe(String(sentence).includes('nothing was sent'));
});

test("what fetch throws is told by its cause, and a signal's time-out by its name", async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  const refused = describeThrown(await fetch(`http://127.0.0.1:${port}`).catch((error: unknown) => error));
  expect(failureOfThrown(refused, hide)?.message).toMatch(/^No connection to the provider: connect ECONNREFUSED/);

  const late = describeThrown(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
  expect(failureOfThrown(late, hide)?.message).toMatch(/^The provider did not answer in time/);
});

test.each([
  ['a refusal', [422], 'configuration'],
  ['a refusal after a token', [200, 401], 'configuration'],
  ['too many requests', [429], 'limit'],
  ['an outage', [503], 'unclear'],
  ['a refusal after an outage', [503, 400], 'unclear'],
  ['a request that ran out of time there', [408], 'unclear'],
  ['no reply', [0], 'unclear'],
  ['a refusal after no reply', [0, 400], 'unclear'],
  ['a reply that it sent', [200], 'unclear'],
  ['no request', [], 'unclear'],
])('what HTTP said tells what words alone do not: %s', (_, httpStatuses, kind) => {
  const data = { message: 'Something went wrong' };
  for (const code of ['general', 'invalid_response']) {
    expect(failure({ code, data, httpStatuses })?.data.kind).toBe(kind);
  }
});

test('an outage by HTTP is none of the administrator, although the reply has a code and words', () => {
  const data = { errorDescription: 'Failed', Code: 'ServiceUnavailable' };
  expect(failure({ code: 'general', data, httpStatuses: [503] })?.data.kind).toBe('unclear');
});

test('of an error that is none of a connector the refusal is told, and nothing else', () => {
  const thrown = { name: 'HTTPError', code: 'ERR_NON_2XX_3XX_RESPONSE', message: 'top-secret', httpStatuses: [401] };
  expect(failure(thrown)?.data).toEqual({ kind: 'configuration', message: 'The provider refused.', status: 401 });
});

test.each([
  ["Can't send mail - all recipients were rejected: 550 5.1.1 No such user", true],
  ["Can't send mail - all recipients were rejected: 550 5.1.2 Domain not found", false],
  ["Error parsing 'To': Illegal email address 'jo'. It must contain the '@' symbol.", false],
  [
    'You tried to send to recipient(s) that have been marked as inactive. Found inactive addresses: jo@x.example.',
    true,
  ],
  ["'to' parameter is not a valid address. please check documentation", false],
])('words that are about the recipient are told as such: %s', (message, isGone) => {
  const { kind, isMailboxGone = false } =
    failure({ code: 'general', data: { message }, httpStatuses: [422] })?.data ?? {};
  expect({ kind, isMailboxGone }).toEqual({ kind: 'recipient', isMailboxGone: isGone });
});

test.each<[string, object]>([
  ['its status', { message: JSON.stringify({ ...twilio, status: 429 }) }],
  ['a status beside the body', { statusCode: 429, body: 'Slow down' }],
  ['a reply of SMTP', { message: 'Message failed: 451 4.7.1 Try later' }],
  ['words alone', { message: '{"errors":[{"message":"too many requests"}]}' }],
])('a provider that says 429 by %s is limiting', (_, data) => {
  expect(failure({ code: 'general', data })).toMatchObject({ code: 'rate_limit_exceeded', data: { kind: 'limit' } });
});

test('secrets, codes and control characters stay out', () => {
  const data = {
    message: JSON.stringify({ code: 'top-secret', message: `Got top-secret\u001b[31m and 482913 ${'x'.repeat(400)}` }),
  };
  const { providerCode, providerMessage } = failure({ code: 'general', data })?.data ?? {};
  expect(providerCode).toBe('•••');
  expect(providerMessage).toMatch(/^Got ••• \[31m and ••• x+$/);
  expect(providerMessage).toHaveLength(300);
});

test.each(['social_auth_code_invalid', 'ERR_NON_2XX_3XX_RESPONSE', 'ENOENT', undefined])(
  'with the code %s it is no error of a connector',
  (code) => {
    expect(failure({ ...(code && { code }), message: 'top-secret' })).toBeUndefined();
  },
);
