import { expect, test } from 'vitest';
import { en } from './en.ts';
import { zhCN } from './zh-cn.ts';

test.each([
  ['English', en.connectors.usage, /nothing sends it/i],
  ['Chinese', zhCN.connectors.usage, /不会发送/],
])('invitations alone are said to be sent by nothing: %s', (_, usage, words) => {
  const unsent = Object.entries(usage).filter(([, text]) => words.test(text));
  expect(unsent.map(([usageType]) => usageType)).toEqual(['OrganizationInvitation']);
});
