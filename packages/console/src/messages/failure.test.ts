import { expect, test } from 'vitest';
import { adviceFor, failureOf, fieldsAtFault } from './failure.ts';

test('what is said of several fields, or of the failure as well, is said once', () => {
  const message = 'Twilio did not accept the credentials. https://www.twilio.com/docs/errors/20003';
  const credentials = 'Twilio did not accept the credentials.';
  const issues = [
    { path: 'accountSID', message: credentials },
    { path: 'from', message: 'Not a number of this account.' },
    { path: 'apiKeySecret', message: credentials },
  ];
  expect(fieldsAtFault({ message, issues })).toEqual([
    { paths: ['accountSID', 'apiKeySecret'], message: undefined },
    { paths: ['from'], message: 'Not a number of this account.' },
  ]);
  expect(fieldsAtFault({ message: undefined, issues: [{ path: 'from', message: 'Missing.' }] })).toEqual([
    { paths: ['from'], message: 'Missing.' },
  ]);
});

test.each([
  ['recipient', 'unreached'],
  ['configuration', 'configuration'],
  ['limit', 'limit'],
  ['unclear', 'undelivered'],
  ['something new', 'undelivered'],
])('what a report says is at fault decides the advice: %s', (kind, advice) => {
  expect(adviceFor({ state: 'undelivered', error: { code: 'connector.undelivered', kind } })).toBe(advice);
});

test('that a message did not arrive is said once, by its title, where the provider says no more', () => {
  const reported = (message: string) => failureOf({ error: { code: 'connector.undelivered', message } }).message;
  expect(reported('The provider reports that the message did not arrive.')).toBeUndefined();
  expect(reported('The recipient is unknown to its carrier.')).toBe('The recipient is unknown to its carrier.');
});
