import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { refusalOf, refusals, refused } from './refusals.ts';

function refuse(
  Code: string,
  { Message = 'words', requestId = 'request-1', status = 200, secrets = [] as string[] } = {},
) {
  return refused({ Code, Message }, requestId, status, secrets);
}

test.each([
  ['AuthFailure.InvalidSecretId', 'configuration'],
  ['AuthFailure.TokenFailure', 'configuration'],
  ['FailedOperation', 'configuration'],
  ['FailedOperation.OtherError', 'configuration'],
  ['InvalidParameter.AppidAndBizId', 'configuration'],
  ['InvalidParameterValue.ContentLengthLimit', 'configuration'],
  ['MissingParameter.EmptyPhoneNumberSet', 'configuration'],
  ['UnauthorizedOperation.SdkAppIdIsDisabled', 'configuration'],
  ['UnsupportedRegion', 'configuration'],
  ['LimitExceeded', 'limit'],
  ['LimitExceeded.SomethingNew', 'limit'],
  ['InternalError', 'unclear'],
  ['InternalError.Timeout', 'unclear'],
  ['SomethingNew', 'unclear'],
  ['constructor', 'unclear'],
  ['toString.call', 'unclear'],
])('takes %s as %s', (code, kind) => {
  expect(refusalOf(code).kind).toBe(kind);
});

test.each([
  ['LimitExceeded.PhoneNumberThirtySecondLimit', 30],
  ['LimitExceeded.PhoneNumberOneHourLimit', 3600],
  ['LimitExceeded.PhoneNumberDailyLimit', 86_400],
  ['LimitExceeded.PhoneNumberSameContentDailyLimit', 86_400],
  ['LimitExceeded.AppDailyLimit', 86_400],
  ['LimitExceeded.DailyLimit', 86_400],
  ['LimitExceeded.DeliveryFrequencyLimit', undefined],
])('tells for %s to wait %s seconds', (code, seconds) => {
  expect(refuse(code).data.retryAfterSeconds).toBe(seconds);
});

test('only a request that the gateway throttled may be repeated, and not after a server error', () => {
  const repeatable = [...refusals.keys(), 'RequestLimitExceeded.IPLimitExceeded', 'InternalError.Timeout'].filter(
    (code) => refuse(code).data.retry,
  );
  expect(repeatable).toEqual(['RequestLimitExceeded', 'RequestLimitExceeded.IPLimitExceeded']);
  expect(refuse('RequestLimitExceeded', { status: 503 }).data.retry).toBeUndefined();
});

test('tells that the clock is off when the signature expired', () => {
  const { message } = refuse('AuthFailure.SignatureExpire');
  expect(message).toMatch(/clock is off by more than five minutes/);
});

test('keeps the code, the words and the RequestId, and blacks out secrets in all of them', () => {
  const error = refuse('Odd.key-1', {
    Message: 'code 123456 with key-1',
    requestId: 'r-123456',
    secrets: ['key-1', '123456'],
  });
  expect(error.data).toMatchObject({ providerCode: 'Odd.***', providerMessage: 'code *** with ***', status: 200 });
  expect(error.message).toContain('(RequestId r-***)');
});

test('the README says what to do for every code', () => {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  const rows = readme.split('\n').filter((line) => line.startsWith('|'));
  const who = { recipient: 'user', limit: 'user', configuration: 'you', unclear: 'nobody' };
  for (const [code, { kind }] of refusals) {
    const row = rows.find((line) => line.includes(`\`${code}\``));
    expect(row, code).toMatch(new RegExp(`\\| ${who[kind]} +\\|`));
  }
});
