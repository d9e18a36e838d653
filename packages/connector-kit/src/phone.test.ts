import { expect, test } from 'vitest';
import { isMainlandChina, parsePhone } from './phone.ts';

test.each([
  '+8613800138000',
  '8613800138000',
  ' +86 138-0013-8000 ',
  '+86 (138) 0013.8000',
  '+86\u00a0138\u20110013\u20138000',
  '\u202a+86\u200e138\u200b00138000\u202c\ufeff',
])('reads %j as one number', (input) => {
  expect(parsePhone(input)).toMatchObject({ e164: '+8613800138000', country: 'CN', callingCode: '86' });
});

test.each(['', '+', 'abc', '13800138000x', '+999123456789', '+861', '+0013800138000', '+1234567890123456', '００１'])(
  'refuses %s',
  (input) => {
    expect(parsePhone(input)).toBeUndefined();
  },
);

test('tells mainland China from Hong Kong, Macau and Taiwan', () => {
  expect(isMainlandChina('+8613800138000')).toBe(true);
  expect(['+85251234567', '+85366123456', '+886912345678', '+12025550123'].some(isMainlandChina)).toBe(false);
});
