import { expect, test } from 'vitest';
import { adviceFor, fieldsAtFault } from './failure.ts';

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
