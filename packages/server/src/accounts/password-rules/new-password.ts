import { ApiError } from '../../errors.ts';
import { longestPassword, type PasswordPolicy } from '../../password-policy.ts';
import { isCommonPassword } from './common-passwords.ts';
import { findRestrictedParts, type PasswordOwner, type RestrictedPart } from './restricted-parts.ts';

/** A rule that a new password breaks; the names are Logto's. */
export type PasswordRule = 'too_short' | 'too_long' | 'character_types' | 'pwned' | `restricted.${RestrictedPart}`;

/** One rule that a new password breaks, with the number that it is about. */
export type PasswordIssue = {
  code: `password_rejected.${PasswordRule}`;
  interpolation?: { min?: number; max?: number };
};

const issue = (rule: PasswordRule, interpolation?: PasswordIssue['interpolation']): PasswordIssue => ({
  code: `password_rejected.${rule}`,
  ...(interpolation && { interpolation }),
});

/** What of a policy a new password breaks; keyboards that write one character differently make no difference (NFKC). */
export function findPasswordIssues(typed: string, policy: PasswordPolicy, owner: PasswordOwner): PasswordIssue[] {
  const password = typed.normalize('NFKC');
  // What can be no password at all is not looked through: one character may have become eighteen.
  if (password.length > 2 * longestPassword) return lengthIssues(password, policy);
  const { characterTypes, rejects } = policy;
  const hasEnoughTypes = countTypes(password) >= characterTypes.min;
  return [
    ...lengthIssues(password, policy),
    ...(hasEnoughTypes ? [] : [issue('character_types', { min: characterTypes.min })]),
    ...(rejects.pwned && isCommonPassword(password) ? [issue('pwned')] : []),
    ...findRestrictedParts(password, rejects, owner).map((part) => issue(`restricted.${part}`)),
  ];
}

/** @throws ApiError `password.rejected` with the issues, for a password that its owner chooses */
export function checkNewPassword(password: string, policy: PasswordPolicy, owner: PasswordOwner): void {
  refuse(findPasswordIssues(password, policy, owner));
}

/** @throws ApiError `password.rejected` for the length alone, for a password that somebody sets for somebody else */
export function checkPasswordLength(password: string, policy: Pick<PasswordPolicy, 'length'>): void {
  refuse(lengthIssues(password.normalize('NFKC'), policy));
}

function refuse(issues: readonly PasswordIssue[]): void {
  if (issues.length > 0) throw new ApiError('password.rejected', { issues, message: sayIssues(issues) });
}

function lengthIssues(password: string, { length: { min, max } }: Pick<PasswordPolicy, 'length'>): PasswordIssue[] {
  const { length } = [...password];
  if (length < min) return [issue('too_short', { min })];
  const longest = Math.min(max, longestPassword);
  return length > longest ? [issue('too_long', { max: longest })] : [];
}

/** Letters without cases, such as Chinese ones, count with the symbols. */
const types = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u];
const countTypes = (password: string) => types.filter((type) => type.test(password)).length;

const sentences: Record<PasswordRule, (numbers: { min?: number; max?: number }) => string> = {
  too_short: ({ min }) => `Use at least ${min} ${min === 1 ? 'character' : 'characters'}.`,
  too_long: ({ max }) => `Use at most ${max} ${max === 1 ? 'character' : 'characters'}.`,
  character_types: ({ min }) => `Use at least ${min} of these: lower-case letters, capitals, digits, symbols.`,
  pwned: () => 'This is one of the most common passwords. Choose one that others would not guess.',
  'restricted.repetition': () => 'Do not repeat one character.',
  'restricted.sequence': () => 'Do not use a plain sequence, such as 12345678.',
  'restricted.words': () => 'Do not use words that are easily guessed here.',
  'restricted.user_info': () => 'Do not use the name, the username, the phone number or the email address.',
};

/** The rule of an issue. */
export const ruleOf = ({ code }: PasswordIssue): PasswordRule =>
  code.slice('password_rejected.'.length) as PasswordRule;

/** What a refused password breaks, in sentences for whoever chose it. */
export const sayIssues = (issues: readonly PasswordIssue[]): string =>
  issues.map((each) => sentences[ruleOf(each)](each.interpolation ?? {})).join(' ');
