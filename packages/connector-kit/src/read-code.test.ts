import { expect, test } from 'vitest';
import { readCode } from './read-code.ts';

test.each([
  '126208',
  '126 208',
  ' 126208\n',
  '126-208',
  '126\u2013208',
  '126\u00a0208',
  '12 62 08',
  '126\u2053208',
  '1\ufe0f\u20e32\ufe0f\u20e36\ufe0f\u20e32\ufe0f\u20e30\ufe0f\u20e38\ufe0f\u20e3',
  '1 2 6 2 0 8',
  '126.208',
  'G-126208',
  '１２６２０８',
  '١٢٦٢٠٨',
  '۱۲۶۲۰۸',
  '१२६ २०८',
  '\u202a126208\u202c',
  '126\u200b208',
  '【Sesame】您的验证码是126208，10分钟内有效。',
  'Your code is 126 208. It expires in 10 minutes.',
  'Your Sesame code is 126208. It expires in 10 minutes.\n\n@sign-in.example.com #126208',
  '<#> 126208 is your code. Call +1 415 555 0132 for help. FA+9qCX9VSu',
])('finds the code in %j', (typed) => {
  expect(readCode(typed, 6)).toBe('126208');
});

test.each([
  '',
  'code',
  '12620',
  '1262080',
  '126208 or 126209',
  '126:208',
  '+1 415 555 0132',
  '12\n6208',
  '12  and 6208',
])('finds no code in %j', (typed) => {
  expect(readCode(typed, 6)).toBeUndefined();
});

test('the length of the policy decides which run it is', () => {
  const message = 'Your code is 4821. It expires in 10 minutes. Questions: 126208.';
  expect([4, 6, 5].map((length) => readCode(message, length))).toEqual(['4821', '126208', undefined]);
});
