import { expect, test } from 'vitest';
import { claimsOf, mayRestOn } from './authentication-methods.ts';

test.each([
  [{ first: 'pwd', second: undefined }, [], { acr: 'urn:logto:acr:1fa', amr: ['pwd'] }],
  [{ first: 'sms', second: 'totp' }, [], { acr: 'urn:logto:acr:mfa', amr: ['sms', 'otp', 'mfa'] }],
  // A code by mail, and one of an app.
  [{ first: 'otp', second: 'totp' }, [], { acr: 'urn:logto:acr:mfa', amr: ['otp', 'mfa'] }],
  [{ first: 'session', second: 'phone' }, ['pwd'], { acr: 'urn:logto:acr:mfa', amr: ['pwd', 'sms', 'mfa'] }],
  [{ first: 'session', second: 'backup-code' }, ['pwd', 'sms', 'mfa'], { amr: ['pwd', 'sms', 'otp', 'mfa'] }],
] as const)('%j, after %j, is said as %j', (methods, before, said) => {
  expect(claimsOf(methods, before)).toMatchObject(said);
});

test.each([
  [['sms'], 'phone', true],
  [['otp'], 'email', true],
  [['pwd'], 'phone', false],
  // Who signed in by a code to the mailbox gives the code of the app alone.
  [['otp'], 'totp', false],
  [['otp'], 'backup-code', false],
] as const)('a session of %j may rest on %s: %s', (amr, factor, may) => {
  expect(mayRestOn(amr, factor)).toBe(may);
});
