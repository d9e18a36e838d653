import { expect, test } from 'vitest';
import { recipientKey, resendKey } from './send-limits.ts';

test('the messages to a mailbox count together, however its address is spelled', () => {
  const keysOf = (address: string) => [recipientKey(address, 'strangers'), resendKey(address, 'strangers')];
  for (const spelling of ['a.l.i@gmail.com', 'ali+1@gmail.com', 'a.li+2@googlemail.com']) {
    expect(keysOf(spelling)).toEqual(keysOf('ali@gmail.com'));
  }
  expect(keysOf('a.li@example.com')).not.toEqual(keysOf('ali@example.com'));
});
