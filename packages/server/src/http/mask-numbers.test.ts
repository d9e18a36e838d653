import { expect, test } from 'vitest';
import { maskNumbers } from './mask-numbers.ts';

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
        primaryPhone: '+86 ••• 00',
        customData: { mobile: '••• 00', notes: ['call ••• 00'], pager: ['••• 00'], floor: 42 },
      },
    ],
    '+86 ••• 00': true,
  });
});
