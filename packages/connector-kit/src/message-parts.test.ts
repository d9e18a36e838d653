import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { expect, test } from 'vitest';
import { countParts } from './message-parts.ts';

test.each([
  ['', 'GSM-7', 1, 0, 160],
  ['a'.repeat(160), 'GSM-7', 1, 160, 0],
  ['a'.repeat(161), 'GSM-7', 2, 161, 145],
  ['€'.repeat(80), 'GSM-7', 1, 160, 0],
  [`${'a'.repeat(152)}€${'a'.repeat(7)}`, 'GSM-7', 2, 161, 144],
  ['码'.repeat(70), 'UCS-2', 1, 70, 0],
  ['码'.repeat(71), 'UCS-2', 2, 71, 63],
  [`${'码'.repeat(66)}😀${'码'.repeat(3)}`, 'UCS-2', 2, 71, 62],
])('counts %j', (text, encoding, parts, unitsUsed, unitsLeft) => {
  expect(countParts(text)).toMatchObject({ encoding, parts, unitsUsed, unitsLeft });
});

test('names the character that makes a text UCS-2', () => {
  expect(countParts('Your code — 123456').firstNonGsm).toBe('—');
  expect(countParts('Code 😀 码').firstNonGsm).toBe('😀');
  expect(countParts('Your code: 123456 [€]')).not.toHaveProperty('firstNonGsm');
});

// Flags, joiners and combining marks stay out: the calculator keeps whole graphemes together, phones need not.
const alphabets = ['abc 123', '@£èÇ\nØ\rΔ', '[]{}~€^|\\\f', '验证码。', 'őŁя`', '😀🚀𠮷'].map((letters) =>
  fc.constantFrom(...letters),
);
const mixed = fc
  .subarray(alphabets, { minLength: 1 })
  .chain((chosen) => fc.array(fc.oneof(...chosen), { maxLength: 400 }))
  .map((letters) => letters.join(''));

test('agrees with an independent calculator', () => {
  fc.assert(
    fc.property(mixed, (text) => {
      const theirs = new SegmentedMessage(text, 'auto', false);
      const bits = theirs.encodingName === 'GSM-7' ? 7 : 16;
      const free = theirs.segments.at(-1)?.freeSizeInBits() ?? Number.NaN;
      expect(countParts(text)).toMatchObject({
        encoding: theirs.encodingName,
        parts: theirs.segmentsCount,
        unitsUsed: theirs.messageSize / bits,
        unitsLeft: Math.floor(free / bits),
      });
    }),
    { numRuns: 300 },
  );
});

test('knows every character of the calculator and no other', () => {
  for (let point = 0; point < 0x2100; point += 1) {
    const character = String.fromCodePoint(point);
    expect(countParts(character).encoding, character).toBe(new SegmentedMessage(character).encodingName);
  }
});
