import { describe, expect, test } from 'vitest';
import { parseEmail } from './email.ts';

describe('an address', () => {
  test.each([
    ['Ali.Baba@Example.COM', 'Ali.Baba@example.com', 'ali.baba@example.com'],
    ['  ali+shop@example.com ', 'ali+shop@example.com', 'ali+shop@example.com'],
    ['mailto:ali@example.com', 'ali@example.com', 'ali@example.com'],
    ['ali@Bücher.example', 'ali@xn--bcher-kva.example', 'ali@xn--bcher-kva.example'],
    ['ali@例え.jp', 'ali@xn--r8jz45g.jp', 'ali@xn--r8jz45g.jp'],
    ['ａｌｉ＠example．com', 'ali@example.com', 'ali@example.com'],
    ["o'neil_1/x=y@a-b.c-d.example", "o'neil_1/x=y@a-b.c-d.example", "o'neil_1/x=y@a-b.c-d.example"],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('%s is kept as it was typed, and compared without case', (typed, address, key) => {
    expect(parseEmail(typed)).toEqual({ address, key, domain: key.slice(key.indexOf('@') + 1) });
  });

  test.each([
    '',
    'ali',
    '@example.com',
    'ali@',
    'ali@example',
    'ali@localhost',
    'ali@127.0.0.1',
    'ali@[127.0.0.1]',
    'a@b@example.com',
    '.ali@example.com',
    'ali.@example.com',
    'a..li@example.com',
    '"ali baba"@example.com',
    'ali baba@example.com',
    'ali@exam ple.com',
    'ali@-example.com',
    'ali@example-.com',
    'ali@example..com',
    'ali@example.com.',
    'ali@example.c',
    'ali@example.com\r\nBcc: morgiana@example.com',
    'ali\0@example.com',
    'ali@example.com,morgiana@example.com',
    '<ali@example.com>',
    'älì@example.com',
    `${'a'.repeat(65)}@example.com`,
    `ali@${'a.'.repeat(125)}example`,
  ])('%j is none', (typed) => {
    expect(parseEmail(typed)).toBeUndefined();
  });
});
