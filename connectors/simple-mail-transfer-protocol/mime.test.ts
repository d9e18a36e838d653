import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { headerOf, writeMail } from './mime.ts';

const boundary = 'b1d7a1f2-boundary';
const write = (subject: string, text: string, html = '<p>x</p>') =>
  writeMail([headerOf('Subject', subject)], { text, html, boundary });

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: fc.constantFrom(' ', 'a', '=', '.', '\n', '\t', 'é', '码', '😀'), maxLength: 300 }),
  fc.string({ unit: 'grapheme-ascii', minLength: 1000, maxLength: 3000 }),
);
const normal = (text: string) => text.replace(/\r\n?|\n/g, '\n');

test('whatever a mail says, others read the same', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, anyText, anyText, async (subject, text, html) => {
      const words = subject.replace(/[\p{Cc}\s]+/gu, ' ').trim();
      const raw = write(words, text, html);
      expect(raw).toMatch(/^[\t\r\n\x20-\x7e]*$/);
      expect(raw.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
      expect(Math.max(...raw.split('\r\n').map(({ length }) => length))).toBeLessThan(998);
      const mail = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true });
      expect(mail.subject ?? '').toBe(words);
      expect([mail.text ?? '', mail.html || ''].map((part) => part.replace(/\n$/, ''))).toEqual(
        [text, html].map((part) => normal(part).replace(/\n$/, '')),
      );
    }),
    { numRuns: 60 },
  );
});

test('a text in ASCII is sent as it is, any other one in quoted-printable', () => {
  expect(write('Code', 'Your code is 918273.\n')).toContain('7bit\r\n\r\nYour code is 918273.\r\n');
  expect(write('Code', 'Für Sie: 918273')).toContain('quoted-printable\r\n\r\nF=C3=BCr Sie: 918273\r\n');
});

test('long headers are broken before words, and after the first alone where there is no other', () => {
  const head = write(`918273 ${'word '.repeat(30)}end`, '').split('\r\nMIME')[0] ?? '';
  expect(head.split('\r\n').every((line) => line.length <= 76 && line.trim() !== '')).toBe(true);
  expect(head.replace(/\r\n/g, '')).toBe(`Subject: 918273 ${'word '.repeat(30)}end`);
  expect(write('a'.repeat(100), '').split('\r\n')[0]).toBe(`Subject: ${'a'.repeat(100)}`);
});

test('a line break begins no header', () => {
  expect(headerOf('Subject', 'a\r\nBcc: eve@example.net').value).toMatch(/^=\?UTF-8\?B\?\S+\?=$/);
});
