import { expect, test } from 'vitest';
import { groupsOf, mayBeMore } from './hits.ts';

test('a message is told by when and what for, in the words of the page', () => {
  const message = { id: 'm', channel: 'Sms' as const, recipient: '+491511234567', usageType: 'SignIn', createdAt: 7 };
  const found = { users: [], messages: [message], applications: [] } as unknown as Parameters<typeof groupsOf>[0];
  const groups = groupsOf(found, { timeOf: (at) => `at ${at}`, usageOf: (usageType) => `for ${usageType}` });
  expect(groups.map(({ hits }) => hits.map(({ text }) => text))).toEqual([['for SignIn · at 7']]);
});

test('as many of a kind as are given may not be all', () => {
  const groupsWith = (users: number) => {
    const user = { id: 'u', name: 'João', username: null, primaryPhone: null, primaryEmail: null, isSuspended: false };
    return groupsOf(
      { users: Array.from({ length: users }, () => user), messages: [], applications: [] },
      { timeOf: String, usageOf: String },
    );
  };
  expect([0, 4, 5].map((users) => mayBeMore(groupsWith(users)))).toEqual([false, false, true]);
});
