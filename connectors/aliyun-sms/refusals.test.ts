import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refused } from './refusals.ts';

function refuse(Code: string, Message: string, { status = 200, headers = {}, hidden = [] as string[] } = {}) {
  const reply = { status, headers: new Headers(headers), text: '', json: undefined };
  return refused({ Code, Message, RequestId: 'F655A8D5' }, reply, hidden).data;
}

test.each([
  ['触发分钟级流控Permits:1', 60],
  ['触发小时级流控Permits:5', 3_600],
  ['触发天级流控Permits:10', 86_400],
  ['触发号码天级流控Permits:40', 86_400],
  ['Trigger minute-level flow control Permits:1', 60],
  ['触发流控', undefined],
])('%s: try again after %s s', (words, seconds) => {
  const refusal = refuse('isv.BUSINESS_LIMIT_CONTROL', words);
  expect(refusal).toMatchObject({ kind: 'limit', providerMessage: words });
  expect(refusal.retryAfterSeconds).toBe(seconds);
  expect(refusal.retry).toBeUndefined();
});

test('the daily total is over tomorrow, the monthly one nobody knows when', () => {
  expect(refuse('isv.DAY_LIMIT_CONTROL', '触发日发送限额').retryAfterSeconds).toBe(86_400);
  expect(refuse('isv.MONTH_LIMIT_CONTROL', '触发月发送限额').retryAfterSeconds).toBeUndefined();
});

test('throttling at the gateway may be repeated, and Retry-After says when', () => {
  expect(refuse('Throttling', 'denied', { status: 429, headers: { 'retry-after': '3' } })).toMatchObject({
    kind: 'limit',
    retry: true,
    retryAfterSeconds: 3,
  });
  expect(refuse('ThrottlingLike', 'denied', { status: 503 })).toMatchObject({ kind: 'unclear' });
});

test.each([
  [403, 'Forbidden.RAM', 'configuration'],
  [404, 'InvalidAction.NotFound', 'configuration'],
  [500, 'InternalError', 'unclear'],
  [200, 'constructor', 'unclear'],
])('HTTP %s with the unknown code %s: %s', (status, code, kind) => {
  expect(refuse(code, '', { status })).toMatchObject({ kind, providerCode: code });
});

test('keeps the RequestId for a ticket with Aliyun', () => {
  expect(refuse('isv.OUT_OF_SERVICE', '业务停机').message).toContain('F655A8D5');
});

test('no hidden value of four characters or more survives in the words', () => {
  const hidden = fc.stringMatching(/^[A-Za-z0-9]{4,30}$/);
  fc.assert(
    fc.property(fc.array(hidden, { minLength: 1, maxLength: 4 }), fc.string(), fc.string(), (values, before, after) => {
      const { providerMessage = '' } = refuse('isv.X', values.map((value) => before + value + after).join(''), {
        hidden: values,
      });
      for (const value of values) expect(providerMessage).not.toContain(value);
    }),
  );
});

test('a mainland number is masked with and without its country code', () => {
  const words = '13800138000 or 8613800138000 invalid';
  expect(refuse('isv.X', words, { hidden: ['8613800138000'] }).providerMessage).toBe('*** or *** invalid');
});
