import { expect, test } from 'vitest';
import { partsOf } from './link-parts.ts';

const linksIn = (text: string) => partsOf(text).flatMap(({ href, words }) => (href ? [words] : []));

test.each([
  ['See https://www.twilio.com/docs/errors/21408.', ['https://www.twilio.com/docs/errors/21408']],
  ['(https://help.example.com/a_(b)?c=1)', ['https://help.example.com/a_(b)?c=1']],
  [
    '详见https://help.aliyun.com/document_detail/101346.html，谢谢',
    ['https://help.aliyun.com/document_detail/101346.html'],
  ],
  ['two: https://a.example/1, https://b.example/2', ['https://a.example/1', 'https://b.example/2']],
  ['none', []],
  ['http://example.com javascript:alert(1) data:text/html,hi', []],
  ['https://user:pass@evil.example/ and https://login@evil.example', []],
  ['https://localhost/x', []],
  ['https://', []],
])('finds the addresses in %j', (text, links) => {
  expect(linksIn(text)).toEqual(links);
  expect(
    partsOf(text)
      .map(({ words }) => words)
      .join(''),
  ).toBe(text);
});
