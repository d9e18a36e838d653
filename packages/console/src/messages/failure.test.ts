import { expect, test } from 'vitest';
import { fieldsAtFault } from './failure.ts';

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
