import { describe, expect, test } from 'vitest';
import { ApiError } from '../../errors.ts';
import { defaultPasswordPolicy, passwordPolicySchema } from '../../password-policy.ts';
import {
  checkNewPassword,
  checkPasswordLength,
  findPasswordIssues,
  type PasswordIssue,
  sayIssues,
} from './new-password.ts';

const person = { name: 'Ali Baba', username: 'ali_baba1', primaryPhone: '+8613800138000' };
const rulesOf = (issues: PasswordIssue[]) => issues.map(({ code }) => code.replace('password_rejected.', ''));
const brokenBy = (password: string, policy = defaultPasswordPolicy, owner: object = person) =>
  rulesOf(findPasswordIssues(password, policy, owner));

describe('the password policy that holds until somebody changes it', () => {
  test.each([
    ['7charac', ['too_short']],
    ['🔑🔑🔑🔑', ['too_short', 'restricted.repetition']],
    [`ab${'d'.repeat(255)}`, ['too_long', 'restricted.repetition']],
    // What can be no password is not looked through.
    ['abcdefghijklmnopqrstuvwxyz'.repeat(39), ['too_long']],
    ['\ufdfa'.repeat(1024), ['too_long']],
    ['aaaaaaaa', ['restricted.repetition']],
    ['12345678', ['pwned', 'restricted.sequence']],
    ['0987654321', ['restricted.sequence']],
    ['hgfedcba', ['restricted.sequence']],
    ['QWERTYUI', ['pwned', 'restricted.sequence']],
    ['Password1', ['pwned']],
    ['ｐａｓｓｗｏｒｄ', ['pwned']],
    ['p@ssw0rd', ['pwned']],
    ['woaini1314', ['pwned']],
    ['Ali_Baba1', ['restricted.user_info']],
    ['alibaba!?', ['restricted.user_info']],
    ['8613800138000', ['restricted.user_info', 'restricted.repetition']],
    ['+86 138-0013-8000', ['restricted.repetition', 'restricted.user_info']],
    ['13800138000', ['restricted.user_info', 'restricted.repetition']],
    ['013800138000x', ['restricted.user_info', 'restricted.repetition']],
  ])('refuses %s', (password, rules) => {
    expect(brokenBy(password)).toEqual(rules);
  });

  test.each(['open sesame', '1235813213455', 'ab'.repeat(128), '芝麻开门芝麻关门', '13800138001', '🔑🚪🔑🚪🔑🚪🔑🚪'])(
    'takes %s',
    (password) => {
      expect(brokenBy(password, defaultPasswordPolicy, { ...person, name: 'Morgiana' })).toEqual([]);
    },
  );
});

test('the words of a policy are prepared once, however many passwords it judges', () => {
  let reads = 0;
  const words = new Proxy(['Silverhand', 'Ḋoor'], {
    get(target, property, receiver) {
      reads += 1;
      return Reflect.get(target, property, receiver);
    },
  });
  const policy = { ...defaultPasswordPolicy, rejects: { ...defaultPasswordPolicy.rejects, words } };
  const rules = [{ code: 'password_rejected.restricted.words' }];
  expect(findPasswordIssues('silverHAND7', policy, {})).toEqual(rules);
  reads = 0;
  expect(findPasswordIssues('SILVERhandḊOOR', policy, {})).toEqual(rules);
  expect(reads).toBe(0);
});

/** What Logto's own checker says of these passwords, under the policy of its tests. */
describe('a policy with everything in it', () => {
  const policy = passwordPolicySchema.parse({
    length: { min: 7, max: 15 },
    characterTypes: { min: 3 },
    rejects: { words: ['aaaaaate', 'aaaaaaaa', 'silverhand'] },
  });

  test.each([
    ['aL1!aL1!', {}, []],
    ['silverHAnd213', {}, []],
    ['lo9KI8mJu112', {}, []],
    ['aL1!aL1!', { name: 'aL1!' }, ['restricted.user_info']],
    ['lo9KI8mju78911', {}, ['restricted.sequence']],
    ['lo9KI8MJU789111', {}, ['restricted.sequence', 'restricted.repetition']],
    [
      '123456',
      { primaryPhone: '+12345' },
      ['too_short', 'character_types', 'pwned', 'restricted.sequence', 'restricted.user_info'],
    ],
    [
      'aaaaaaaaAAAAAAAAbcdCOK',
      { name: 'CO' },
      [
        'too_long',
        'character_types',
        'restricted.repetition',
        'restricted.words',
        'restricted.sequence',
        'restricted.user_info',
      ],
    ],
    ['123456aA', {}, ['pwned', 'restricted.sequence']],
    ['Ali@Cave.Gold9', { primaryEmail: 'ali@cave.gold9x' }, []],
    ['Al@Cave9.Gold', { primaryEmail: 'aL@cave9.gold' }, ['restricted.user_info']],
    ['Al@Cave9.Gold', { otherEmails: ['ali@cave.gold', 'aL@cave9.gold'] }, ['restricted.user_info']],
    ['barFoo1!', { otherEmails: ['barFoo@cave.gold'] }, ['restricted.user_info']],
    ['+86 9531 7', { otherPhones: ['+8695317'] }, ['character_types', 'restricted.user_info']],
    ['defghiZ@1', {}, []],
    ['TTTTTT@z', {}, ['restricted.repetition']],
    ['bar   fOo1', { name: 'bar   fOo' }, ['restricted.user_info', 'restricted.repetition']],
    ['barFoo1!', { name: 'bar   fOo' }, ['restricted.user_info']],
  ])('%s of %o', (password, owner, rules) => {
    expect(brokenBy(password, policy, owner)).toEqual(rules);
  });

  test('says the numbers, and everything in sentences', () => {
    const issues = findPasswordIssues('123456', policy, {});
    expect(issues.slice(0, 2)).toEqual([
      { code: 'password_rejected.too_short', interpolation: { min: 7 } },
      { code: 'password_rejected.character_types', interpolation: { min: 3 } },
    ]);
    expect(sayIssues(issues)).toMatch(/^Use at least 7 characters\. Use at least 3 of these: .*12345678\.$/);
  });
});

test('counts letters of every script by their case, and what has none with the symbols', () => {
  const policy = passwordPolicySchema.parse({ characterTypes: { min: 4 }, rejects: { pwned: false } });
  expect(brokenBy('Åñö١عربيД', policy)).toEqual([]);
  expect(brokenBy('芝麻开门芝麻关门', policy)).toEqual(['character_types']);
});

test('what a policy leaves out is as in the defaults, and what it switches off is taken', () => {
  expect(passwordPolicySchema.parse({ length: { min: 4 } })).toEqual({
    ...defaultPasswordPolicy,
    length: { min: 4, max: 256 },
  });
  const lenient = passwordPolicySchema.parse({
    length: { min: 1 },
    rejects: { pwned: false, repetitionAndSequence: false, userInfo: false },
  });
  for (const password of ['password', '12345678', 'aaaaaaaa', 'ali_baba1', 'x']) {
    expect(brokenBy(password, lenient)).toEqual([]);
  }
  for (const impossible of [{ length: { min: 9, max: 8 } }, { characterTypes: { min: 5 } }, { length: { max: 257 } }]) {
    expect(passwordPolicySchema.safeParse(impossible).success).toBe(false);
  }
});

test('refuses with what is broken; for somebody else with the length alone', () => {
  const refusal = new ApiError('password.rejected', {
    issues: [{ code: 'password_rejected.too_short', interpolation: { min: 8 } }, { code: 'password_rejected.pwned' }],
    message:
      'Use at least 8 characters. This is one of the most common passwords. Choose one that others would not guess.',
  });
  expect(() => checkNewPassword('charlie', defaultPasswordPolicy, {})).toThrow(refusal);
  expect(() => checkPasswordLength('passwor', defaultPasswordPolicy)).toThrow(ApiError);
  expect(() => checkPasswordLength('password', defaultPasswordPolicy)).not.toThrow();
});
