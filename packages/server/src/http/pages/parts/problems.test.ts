import { expect, test } from 'vitest';
import { ApiError } from '../../../errors.ts';
import { checkEmailIsAllowed } from '../../../experience/email-blocklist.ts';
import { defaultSignInExperience } from '../../../experience/sign-in-experience.ts';
import { readRecipient } from '../../../messaging/recipient.ts';
import { sending } from './code-form.ts';
import { addressProblem, toProblem } from './problems.ts';

test.each([
  ['ali', 'email-incomplete'],
  ['@example.com', 'email-incomplete'],
  ['ali@', 'email-incomplete'],
  ['ali@example', 'email-incomplete'],
  ['älí@example.com', 'email-characters'],
  ['ali baba@example.com', 'email-characters'],
  ['"ali"@example.com', 'email-characters'],
  ['ali@example.com, cassim@example.com', 'email-several'],
  ['ali@cassim@example.com', 'email-several'],
  ['Ali <ali@example.com>', 'email-several'],
  ['ali@127.0.0.1', 'email-invalid'],
  [`${'a'.repeat(65)}@example.com`, 'email-invalid'],
])('%s is no address: %s', (text, reason) => {
  expect(readRecipient(text)?.channel).not.toBe('Email');
  expect(addressProblem(text).problem).toEqual({ reason });
});

const problemOf = (act: () => unknown) => {
  try {
    act();
    return undefined;
  } catch (error) {
    return toProblem(error, defaultSignInExperience)?.reason;
  }
};

test.each([
  [{ customBlocklist: ['@example.com'] }, 'email-domain-not-allowed'],
  [{ customBlocklist: ['*@example.*'] }, 'email-domain-not-allowed'],
  [{ customBlocklist: ['ali*@example.com'] }, 'email-not-allowed'],
  [{ customAllowlist: ['@example.org'] }, 'email-not-allowed'],
  [{ blockSubaddressing: true }, 'email-with-plus'],
])('%j refuses an address as %s', (policy, reason) =>
  expect(problemOf(() => checkEmailIsAllowed(policy, 'ali+shop@example.com'))).toBe(reason),
);

test.each([
  ['ali@example.com', { kind: 'recipient', providerMessage: '5.1.2 Domain not found' }, 'email-without-mail'],
  ['ali@example.com', { kind: 'recipient', providerMessage: '5.1.1 No such user' }, 'email-refused'],
  ['ali@example.com', { kind: 'recipient' }, 'email-refused'],
  ['ali@example.com', { kind: 'limit' }, 'sending-busy'],
  ['ali@example.com', { kind: 'configuration' }, 'sending-broken'],
  ['ali@example.com', { kind: 'unclear' }, 'sending-failed'],
  ['ali@example.com', { kind: 'unclear', verificationId: 'v' }, 'sending-unclear'],
  ['+8613800138000', { kind: 'recipient', providerMessage: 'Domain not found' }, 'phone-refused'],
])('a message to %s that comes to %j is %s', async (to, data, reason) => {
  const recipient = readRecipient(to);
  if (!recipient) throw new Error(to);
  const error = await sending(recipient, Promise.reject(new ApiError('connector.general', data))).catch(
    (thrown: unknown) => thrown,
  );
  expect(toProblem(error, defaultSignInExperience)?.reason).toBe(reason);
});
