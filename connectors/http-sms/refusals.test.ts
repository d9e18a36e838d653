import type { ProviderReply } from '@sesame/connector-kit';
import { describe, expect, test } from 'vitest';
import { redactionOf, refused } from './refusals.ts';

const token = 'tok-9f8e7d';
const code = '482913';

function refusal(
  status: number,
  json?: unknown,
  headers: Record<string, string> = {},
  authorization = `Bearer ${token}`,
) {
  const reply: ProviderReply = { status, headers: new Headers(headers), text: JSON.stringify(json) ?? '', json };
  return refused(reply, redactionOf(authorization, code));
}

test.each([
  [302, 'unclear', 'general'],
  [400, 'configuration', 'invalid_config'],
  [401, 'configuration', 'invalid_config'],
  [403, 'configuration', 'invalid_config'],
  [404, 'configuration', 'invalid_config'],
  [408, 'unclear', 'general'],
  [410, 'configuration', 'invalid_config'],
  [422, 'configuration', 'invalid_config'],
  [429, 'limit', 'rate_limit_exceeded'],
  [500, 'unclear', 'general'],
  [503, 'unclear', 'general'],
])('without a word of its own, %i is %s', (status, kind, errorCode) => {
  const error = refusal(status);
  expect(error).toMatchObject({ code: errorCode, data: { kind, status } });
  expect(error.data).not.toHaveProperty('retry');
  expect(error.message).toContain(`HTTP ${status}`);
});

describe.each([400, 422, 429, 500])('what the endpoint says wins over %i', (status) => {
  test.each(['recipient', 'limit', 'configuration', 'unclear'])('%s', (kind) => {
    expect(refusal(status, { kind, code: 21614, message: 'Their words.' }).data).toMatchObject({
      kind,
      providerCode: '21614',
      providerMessage: 'Their words.',
    });
  });
});

test.each([
  ['an unknown kind', { kind: 'gone', code: 'x' }, { kind: 'configuration', providerCode: 'x' }],
  ['fields of the wrong type', { kind: 1, code: [], message: {}, retry: 'yes' }, { kind: 'configuration' }],
  ['a list', [], { kind: 'configuration' }],
  ['null', null, { kind: 'configuration' }],
])('makes do with %s', (_, json, data) => {
  const { message, ...rest } = refusal(422, json).data;
  expect(rest).toEqual({ status: 422, ...data });
});

describe('waiting and repeating', () => {
  test.each([
    ['429 with Retry-After', 429, undefined, '30', { retryAfterSeconds: 30 }],
    ['503 with Retry-After', 503, undefined, '5', { retryAfterSeconds: 5 }],
    ['a limit that says nothing was sent', 429, { retry: true }, undefined, { retry: true }],
    ['an outage that says nothing was sent', 503, { retry: true }, undefined, { retry: true }],
    ['a repeat after a wait', 429, { retry: true }, '2', { retry: true, retryAfterSeconds: 2 }],
    ['a repeat cannot mend the number', 422, { kind: 'recipient', retry: true }, undefined, {}],
    ['nor the configuration', 400, { retry: true }, '30', {}],
    ['retry: false', 429, { retry: false }, undefined, {}],
  ])('%s', (_, status, json, retryAfter, expected) => {
    const { data } = refusal(status, json, retryAfter ? { 'retry-after': retryAfter } : {});
    const { retry, retryAfterSeconds } = data;
    expect({ ...(retry && { retry }), ...(retryAfterSeconds && { retryAfterSeconds }) }).toEqual(expected);
  });
});

describe('secrets that the endpoint echoes', () => {
  const basic = `Basic ${btoa('gateway:p4ss-w0rd')}`;
  test.each([
    ['the whole header', `Bearer ${token}`, `Got Bearer ${token}.`, 'Got •••.'],
    ['the credentials alone', `Bearer ${token}`, `Unknown ${token}`, 'Unknown •••'],
    ['a value without a scheme', token, `Unknown ${token}`, 'Unknown •••'],
    ['a Basic password', basic, 'Wrong password p4ss-w0rd', 'Wrong password •••'],
    ['the code', token, `Text refused: Your code is ${code}.`, 'Text refused: Your code is •••.'],
    ['a secret at the cut', token, `${'x'.repeat(295)}${token}`, `${'x'.repeat(295)}•••`],
  ])('%s', (_, authorization, said, shown) => {
    const { data } = refusal(422, { message: said }, {}, authorization);
    expect(data.providerMessage).toBe(shown);
    expect(JSON.stringify(data)).not.toMatch(/tok-|p4ss|482913/);
  });

  test.each([Number(code), token])('%s as the code of the refusal', (echoed) => {
    expect(refusal(422, { code: echoed }).data.providerCode).toBe('•••');
  });

  test('words are kept to one line of 300 characters', () => {
    const { providerMessage } = refusal(422, { message: `one\r\n\u001b[31mtwo ${'x'.repeat(400)}` }).data;
    expect(providerMessage).toMatch(/^one \[31mtwo x+$/);
    expect(providerMessage).toHaveLength(300);
  });
});
