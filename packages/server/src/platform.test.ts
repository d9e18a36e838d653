import { expect, test } from 'vitest';
import { maskNumbers } from './http/mask-numbers.ts';
import { newId, newShortId, platform } from './platform.ts';

test('ids sort by when they were made, those of one millisecond too', () => {
  let now = 1_800_000_000_000;
  const made: string[] = [];
  for (let millisecond = 0; millisecond < 20; millisecond += 1) {
    now += 1;
    for (let count = 0; count < 50; count += 1) made.push(newId({ ...platform, now: () => now }));
  }
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(1_000);
});

test('short ids are never taken for phone numbers', () => {
  // The bytes that make digits, where there can be one.
  const randomBytes = (size: number) => Buffer.from(Array.from({ length: size }, (_, index) => index % 10));
  for (const characters of [12, 20, 21]) {
    const id = newShortId({ randomBytes }, characters);
    expect(id).toMatch(/^[0-9a-z]+$/);
    expect(id).toHaveLength(characters);
    expect(maskNumbers(`${id} ${id}, ${id}`, false)).toBe(`${id} ${id}, ${id}`);
  }
});

test('random bytes are as many as were asked for, and come once', () => {
  const wishes = Array.from({ length: 2_000 }, (_, index) => platform.randomBytes(8 + (index % 300)));
  expect(wishes.map(({ length }) => length)).toEqual(wishes.map((_, index) => 8 + (index % 300)));
  expect(new Set(wishes.map((bytes) => bytes.toString('hex', 0, 8))).size).toBe(2_000);
});

test('who changes the bytes that it got changes nobody else’s', () => {
  const [one, other] = [platform.randomBytes(16), platform.randomBytes(16)];
  const before = other.toString('hex');
  one.fill(0);
  new Uint8Array(one.buffer, one.byteOffset, one.length).fill(1);
  expect(other.toString('hex')).toBe(before);
});
