import { expect, test } from 'vitest';
import { countRows } from './exporting.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('rows of a CSV are counted without its header, and not at line breaks in cells', () => {
  const csv = 'id,text\r\n"1","a ""quoted"" line\r\nand another"\r\n"2","é"\r\n';
  const whole = countRows('csv');
  expect(whole(bytes(csv))).toBe(2);
  // However the network cuts it.
  const piecemeal = countRows('csv');
  expect([...bytes(csv)].map((byte) => piecemeal(Uint8Array.of(byte))).at(-1)).toBe(2);
  expect(countRows('csv')(bytes(''))).toBe(0);
});

test('rows of NDJSON are its lines, quotes or not', () => {
  const count = countRows('ndjson');
  expect(count(bytes('{"a":"\\""}\n{"b"'))).toBe(1);
  expect(count(bytes(':1}\n'))).toBe(2);
});
