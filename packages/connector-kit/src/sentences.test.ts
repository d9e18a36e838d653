import { expect, test } from 'vitest';
import { meaningsIn, translateSentences } from './sentences.ts';

const sentences = {
  'No credit.': '余额不足。',
  'No credit. Top it up.': '余额不足：请充值。',
  'Acme answered with {status}.': 'Acme 的答复为 {status}。',
  'Acme answered with {status} (HTTP {code}).': 'Acme 的答复为 {status}（HTTP {code}）。',
};

test('says sentence by sentence, the longest that fits, and leaves the rest', () => {
  expect(translateSentences('No credit. (id 7)', sentences)).toEqual({ text: '余额不足。', rest: '(id 7)' });
  expect(translateSentences('No credit. Top it up.', sentences)).toEqual({ text: '余额不足：请充值。', rest: '' });
  expect(translateSentences('Acme answered with a.b (HTTP 418). No credit. So it is.', sentences)).toEqual({
    text: 'Acme 的答复为 a.b（HTTP 418）。余额不足。',
    rest: 'So it is.',
  });
});

test.each(['', 'Something else.', 'No creditors', 'Is there No credit.'])('knows nothing of %j', (text) => {
  expect(translateSentences(text, sentences)).toBeUndefined();
});

test('what an error quotes is no pattern and no place', () => {
  expect(translateSentences('Acme answered with {code} (HTTP 1).', sentences)?.text).toBe(
    'Acme 的答复为 {code}（HTTP 1）。',
  );
});

test('the meaning of codes follows from the sentences', () => {
  const table = new Map([
    ['7', { meaning: 'No credit.' }],
    ['8', { meaning: 'Unheard of.' }],
  ]);
  expect(meaningsIn(sentences, table, [[9, { meaning: 'No credit. Top it up.' }]])).toEqual({
    7: '余额不足。',
    9: '余额不足：请充值。',
  });
});
