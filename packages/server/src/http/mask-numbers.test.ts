import { expect, test } from 'vitest';
import { maskNumbers } from './mask-numbers.ts';

test('masks numbers in JSON at any depth, in keys, and where they are numbers', () => {
  const document = {
    total: 8613800138000,
    users: [
      {
        primaryPhone: '+8613800138000',
        primaryEmail: 'ali.8613800138000@example.com',
        customData: {
          mobile: 13800138000,
          to: 'ali@example.com',
          notes: ['call 13800138000, ali@example.com'],
          pager: [13800138000],
          floor: 42,
        },
      },
    ],
    '+8613800138000': true,
  };
  expect(JSON.parse(maskNumbers(JSON.stringify(document), true))).toEqual({
    total: 8613800138000,
    users: [
      {
        primaryPhone: '+86 ••• 00',
        primaryEmail: 'a•••@example.com',
        customData: {
          mobile: '••• 00',
          to: 'a•••@example.com',
          notes: ['call ••• 00, a•••@example.com'],
          pager: ['••• 00'],
          floor: 42,
        },
      },
    ],
    '+86 ••• 00': true,
  });
});
