import { expect, test } from 'vitest';
import { isMailboxGone, takesNoMail } from './no-mailbox.ts';

test.each([
  [550, '5.1.1 The email account that you tried to reach does not exist.'],
  [551, '5.1.6 Moved'],
  [556, '5.1.10 Recipient address has null MX'],
  [550, '5.2.1 The account is disabled; blocked for a policy of ours'],
  [550, 'No such user here'],
  [550, 'Requested action not taken: mailbox not found'],
  [550, 'User unknown'],
  [551, 'Recipient does not exist'],
])('%i %s: the mailbox is gone', (status, words) => expect(isMailboxGone(status, words)).toBe(true));

test.each([
  [450, '4.1.1 Unknown user, for now'],
  [451, '4.7.1 Greylisted'],
  [452, '4.2.2 Mailbox full'],
  [552, '5.2.2 Mailbox full'],
  [550, '5.2.1 The recipient gets mail at a rate that keeps further messages from being delivered'],
  [550, '5.2.1 Mailbox temporarily disabled'],
  [550, '5.1.2 Bad destination system'],
  [550, '5.1.8 Domain of sender does not exist'],
  [550, '5.4.1 Recipient address rejected: Access denied'],
  [550, '5.7.1 Message refused: no such user may write here'],
  [554, '5.7.1 Spam'],
  [550, 'Blocked: user unknown to our policy'],
  [550, 'Mailbox full, recipient not found'],
  [550, 'Nobody'],
  [553, 'No such user here'],
  [250, '2.1.5 OK'],
  [550, 'User 15.1.1.7 refused'],
  [550, '5.1.1 Sender verify failed'],
  [550, '5.1.1 User unknown: the sender address does not exist'],
])('%i %s: the next mail may arrive', (status, words) => expect(isMailboxGone(status, words)).toBe(false));

test.each([
  ['5.1.2 <jo@nowhere.example>: Recipient address rejected: Domain not found', true],
  ['5.1.10 Recipient address has null MX', true],
  ['5.4.4 Unable to route', true],
  ['5.4.310 DNS domain nowhere.example does not exist', true],
  ['Host or domain name not found', true],
  ['unrouteable domain', true],
  ['The domain does not accept mail', true],
  ['5.1.2 Sender domain not found', false],
  ['Domain of sender address does not exist', false],
  ['5.1.1 No such user', false],
  ['5.2.2 Mailbox full', false],
  ['Nobody', false],
  ['', false],
])('%j: that the domain gets no mail is %s', (words, says) => expect(takesNoMail(words)).toBe(says));
