import { expect, test } from 'vitest';
import { maskNumbers } from './mask-numbers.ts';

test.each([
  ['+8613800138000'],
  ['8613800138000'],
  ['13800138000'],
  ['+86 138 0013 8000'],
  ['+86-138-0013-8000'],
  ['(212) 555-0100'],
  ['+1 (212) 555-0100'],
  ['+49.170.1234567'],
  ['5550100'],
  ['138.0013.8000'],
  ['138 / 0013 / 8000'],
  ['138\u00a00013\u00a08000'],
  ['138\u20110013\u20138000'],
  ['138\u200b0013\u200b8000'],
  ['138_0013_8000'],
  ["138'0013'8000"],
  ['１３８００１３８０００'],
  ['١٣٨٠٠١٣٨٠٠٠'],
  ['¹³⁸⁰⁰¹³⁸⁰⁰⁰'],
  ['①③⑧⓪⓪①③⑧⓪⓪⓪'],
  ['1380-01-38000'],
  ['1380-01-13800'],
  ['138.0.0.138/000'],
  ['138.0.0.13 8000'],
])('masks %s in any sentence', (phone) => {
  const masked = maskNumbers(`The number ${phone} is not reachable.`, false);
  expect(masked).toMatch(/^The number \+?\d*\*{4}\d* is not reachable\.$/);
  expect(masked).not.toContain(phone);
  expect(masked.match(/\p{N}/gu)?.length).toBeLessThan(phone.match(/\p{N}/gu)?.length ?? 0);
});

test.each([
  '1380013800013800138000',
  '+86 1380013800013800138000',
  '8613800138000861380013800086138001380008613800138000',
  '１３８００１３８０００１３８００１３８０００',
  'tel1380013800013800138000',
])('masks what is longer than a number in %s', (text) => {
  expect(maskNumbers(text, false)).toMatch(/\*{4}\d{0,4}$/);
  expect(maskNumbers(`a ${text}, b`, false)).not.toMatch(/\p{N}{7}/u);
});

test.each(['tel13800138000', 'p_13800138000', '13800138000x', 'a13800138000b', '%2B8613800138000', 'sms|13800138000'])(
  'masks the number in %s',
  (text) => {
    expect(maskNumbers(text, false)).toMatch(/\*{4}8?000x?b?$/);
  },
);

test.each(['2026-11-26T10:15:00Z13800138000', '2026-11-26 10:15:13800138000', '1990-01-01T13:80013800138000'])(
  'masks the number after the time in %s',
  (text) => {
    expect(maskNumbers(text, false)).toMatch(/\*{4}8?000$/);
  },
);

test.each([
  '01a2182f-4123-7123-8123-123456789012',
  '2026-01-31',
  '2026-11-26T13:45:01.123Z',
  '192.168.100.200',
  '192.168.100.0/24',
  '192.168.100.200, 203.0.113.9:8080',
  'auth0|5f7c8ec7c33c6c0041234567',
  '2001:db8:0:0::/64',
  'connector.set-up',
  'AC00000000000000000000000000000000',
])('leaves %s as it is', (text) => {
  expect(maskNumbers(text, false)).toBe(text);
});

test('masks numbers in JSON at any depth, in keys, and where they are numbers', () => {
  const document = {
    total: 8613800138000,
    users: [
      {
        primaryPhone: '+8613800138000',
        customData: { mobile: 13800138000, notes: ['call 13800138000'], pager: [13800138000], floor: 42 },
      },
    ],
    '+8613800138000': true,
  };
  expect(JSON.parse(maskNumbers(JSON.stringify(document), true))).toEqual({
    total: 8613800138000,
    users: [
      {
        primaryPhone: '+86138****8000',
        customData: { mobile: '1380****000', notes: ['call 1380****000'], pager: ['1380****000'], floor: 42 },
      },
    ],
    '+86138****8000': true,
  });
});
