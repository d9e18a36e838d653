import fc from 'fast-check';
import { expect, test } from 'vitest';
import { snsAccepted, snsError } from '../../test/doubles/aws-sns.ts';
import { readXml } from './xml.ts';

const textOf = ({ body }: { body?: unknown }) => String(body);

test('reads what Amazon SNS answers', () => {
  expect(readXml(textOf(snsAccepted('id-1')), 'PublishResponse')?.get('MessageId')).toBe('id-1');
  const error = readXml(textOf(snsError(400, 'InvalidParameter', 'a & b < c')), 'ErrorResponse');
  expect([error?.get('Code'), error?.get('Message'), error?.get('Type')]).toEqual([
    'InvalidParameter',
    'a & b < c',
    'Sender',
  ]);
});

test('gives back any text as it was before it was escaped', () => {
  const escapes = [
    (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    (text: string) => [...text].map((character) => `&#${character.codePointAt(0)};`).join(''),
    (text: string) => [...text].map((character) => `&#x${character.codePointAt(0)?.toString(16)};`).join(''),
  ];
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...escapes), (text, inXml) => {
      expect(readXml(`<R><T>${inXml(text)}</T></R>`, 'R')?.get('T')).toBe(text);
    }),
  );
});

test.each([
  ['a declaration before it', '<?xml version="1.0" encoding="UTF-8"?>\n<R xmlns="urn:x"><T>1</T></R>\n'],
  ['an empty element beside it', '<R><Detail/><T>1</T></R>'],
  ['elements round it', '<R>\n <A>\n  <T>1</T>\n </A>\n</R>'],
])('reads a text with %s', (_, text) => {
  expect(readXml(text, 'R')?.get('T')).toBe('1');
});

test.each([
  ['another root', '<S><T>1</T></S>'],
  ['an element twice', '<R><T>1</T><T>2</T></R>'],
  ['a document type', '<!DOCTYPE R [<!ENTITY a "b">]><R><T>1</T></R>'],
  ['a comment', '<R><!-- <T>2</T> --><T>1</T></R>'],
  ['CDATA', '<R><T><![CDATA[1]]></T></R>'],
  ['an attribute', '<R><T x="y">1</T></R>'],
  ['text between elements', '<R>text<T>1</T></R>'],
  ['a page', '<html><body>1</body></html>'],
  ['an end that was cut off', '<R><T>1</T>'],
  ['something after the end', '<R><T>1</T></R><R></R>x'],
  ['nothing', ''],
  ['JSON', '{"R":{"T":1}}'],
])('does not read %s', (_, text) => {
  expect(readXml(text, 'R')).toBeUndefined();
});

test('leaves entities that stand for nothing as they are', () => {
  expect(readXml('<R><T>&unknown; &#x110000; &#9999999;</T></R>', 'R')?.get('T')).toBe(
    '&unknown; &#x110000; &#9999999;',
  );
});

// In steps that grow with the square of the length it would take longer than a test may.
test('reads a long hostile text to its end', () => {
  const hostile = `<R>${'<A>'.repeat(400_000)}${'<'.repeat(400_000)}`;
  expect(readXml(hostile, 'R')).toBeUndefined();
});
