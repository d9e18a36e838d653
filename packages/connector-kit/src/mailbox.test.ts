import fc from 'fast-check';
import addressparser from 'nodemailer/lib/addressparser';
import { expect, test } from 'vitest';
import { mailboxText, parseMailbox } from './mailbox.ts';

test.each([
  ['codes@example.com', { name: '', address: 'codes@example.com' }],
  ['<codes@example.com>', { name: '', address: 'codes@example.com' }],
  [' Acme <codes@example.com> ', { name: 'Acme', address: 'codes@example.com' }],
  ['Acme, Inc. <codes@example.com>', { name: 'Acme, Inc.', address: 'codes@example.com' }],
  ['"Acme \\"A\\" <b>" <codes@example.com>', { name: 'Acme "A" <b>', address: 'codes@example.com' }],
  ['芝麻 <codes@bücher.example>', { name: '芝麻', address: 'codes@bücher.example' }],
  ['root@localhost', { name: '', address: 'root@localhost' }],
])('reads %j', (text, expected) => {
  expect(parseMailbox(text)).toEqual(expected);
});

test.each([
  '',
  'Acme',
  'a@b@c',
  '<>',
  'A <a@x> B <b@x>',
  'a@x, b@x',
  'A\r\nBcc: <b@x>',
  'a <b c@x>',
  'a@',
  '@b',
  '"A <a@x>',
])('does not read %j', (text) => {
  expect(parseMailbox(text)).toBeUndefined();
});

test('what it writes is one mailbox again, to us and to others', () => {
  const name = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/\p{Cc}/gu, ' ').trim());
  fc.assert(
    fc.property(name, (written) => {
      const text = mailboxText({ name: written, address: 'codes@example.com' });
      expect(text).toMatch(/^[\x20-\x7e]*$/);
      for (const word of text.split(' ')) if (word.startsWith('=?')) expect(word.length).toBeLessThanOrEqual(75);
      const [read, ...others] = addressparser(text);
      expect(others).toEqual([]);
      expect(read).toMatchObject({ address: 'codes@example.com' });
      if (!text.startsWith('=?')) expect(parseMailbox(text)?.name).toBe(written);
    }),
  );
});
