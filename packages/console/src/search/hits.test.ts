import { expect, test } from 'vitest';
import { groupsOf } from './hits.ts';

test('a message is told by when and what for, in the words of the page', () => {
  const message = { id: 'm', channel: 'Sms' as const, recipient: '+491511234567', usageType: 'SignIn', createdAt: 7 };
  const found = { users: [], messages: [message], applications: [] } as unknown as Parameters<typeof groupsOf>[0];
  const groups = groupsOf(found, { timeOf: (at) => `at ${at}`, usageOf: (usageType) => `for ${usageType}` });
  expect(groups.map(({ hits }) => hits.map(({ text }) => text))).toEqual([['for SignIn · at 7']]);
});
