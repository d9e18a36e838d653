import { expect, test } from 'vitest';
import { maskEmailsIn } from './mask-email.ts';

test.each([
  ['ali.baba@example.com', 'a•••@example.com'],
  ['a@example.com', 'a•••@example.com'],
  ['No mailbox <Ali+shop@mail.example.co.uk>.', 'No mailbox <A•••@mail.example.co.uk>.'],
  [
    '550 5.1.1 <ali@bücher.example>: unknown; ask morgiana@example.com',
    '550 5.1.1 <a•••@bücher.example>: unknown; ask m•••@example.com',
  ],
  ['8613800138000@example.com', '8•••@example.com'],
  ['a•••@example.com', 'a•••@example.com'],
  ['ali@1.2.3.4.5.6.7.8.9.10.example.com', 'a•••@1.2.3.4.5.6.7.8.9.10.example.com'],
  ['ali@b.c.d', 'a•••@b.c.d'],
  ['of ali%40example.com', 'of a•••%40example.com'],
  ['ali＠example.com', 'a•••＠example.com'],
  ['ａｌｉ．ｂａｂａ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'ａ•••＠ｅｘａｍｐｌｅ．ｃｏｍ'],
  ['邮箱：ali@example.com，', '邮箱：a•••@example.com，'],
  ['@example.com, ali@localhost, ali @ example.com', '@example.com, ali@localhost, ali @ example.com'],
  [`${'a'.repeat(64)}@example.com`, 'a•••@example.com'],
])('%s is shown as %s', (text, masked) => {
  expect(maskEmailsIn(text)).toBe(masked);
});
