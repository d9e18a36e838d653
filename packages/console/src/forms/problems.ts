import { type EmailProblem, emailProblems } from '@sesame/connector-kit';
import i18next, { type TFunction } from 'i18next';
import { type ApiError, type Issue, issuesOf, toApiError } from '../api/api-error.ts';
import { sentences } from '../i18n/sentence-space.ts';
import type { TextKey } from '../i18n/text-key.ts';

/** A rule that a new password breaks, as the server says it. */
type PasswordIssue = { code: string; interpolation?: { min?: number; max?: number } };

const passwordRules = [
  'too_short',
  'too_long',
  'character_types',
  'pwned',
  'restricted.repetition',
  'restricted.sequence',
  'restricted.words',
  'restricted.user_info',
] as const;

/** In the language of the person. */
const passwordSentence = (t: TFunction, broken: readonly PasswordIssue[]): string =>
  sentences(
    i18next.language,
    broken.map((issue) => ruleSentence(t, issue)),
  );

function ruleSentence(t: TFunction, { code, interpolation = {} }: PasswordIssue): string {
  const rule = passwordRules.find((each) => code === `password_rejected.${each}`);
  const limit = interpolation.min ?? interpolation.max ?? 0;
  return rule ? t(`forms.password.${rule}`, { limit, count: limit }) : code;
}

/** What a stylesheet is refused for, as the server says it. */
type CssIssue = { message: string; reason: string; line: number; found: string; fault?: string };

const cssReasons = ['too-long', 'at-rule', 'function', 'url', 'property'] as const;
const cssFaults = [
  ...(['unclosed-block', 'unclosed-bracket', 'unclosed-comment', 'unclosed-string', 'unexpected-brace'] as const),
  ...(['no-colon', 'no-semicolon', 'no-name', 'bad-url', 'bad-escape'] as const),
];

/** In the language of the person. */
function cssSentence(t: TFunction, { message, reason, line, found, fault }: CssIssue): string {
  if (reason === 'syntax') {
    const kind = cssFaults.find((each) => each === fault) ?? 'other';
    return t('forms.css.syntax', { line, fault: t(`forms.css.fault.${kind}`) });
  }
  const known = cssReasons.find((each) => each === reason);
  return known ? t(`forms.css.${known}`, { line, found }) : message;
}

/** What is wrong with the stylesheet among all that is refused, a line each. */
export const cssSentences = (t: TFunction, { data }: ApiError): string[] => {
  const issues = Array.isArray(data.issues) ? (data.issues as Partial<CssIssue>[]) : [];
  return issues.filter((issue): issue is CssIssue => issue.reason !== undefined).map((issue) => cssSentence(t, issue));
};

/** Refusals that name no field, and the one that each is about. */
const fieldOfCode: Readonly<Record<string, string>> = {
  'session.invalid_credentials': 'currentPassword',
  'session.code_required': 'code',
  'session.invalid_code': 'code',
  'user.username_already_in_use': 'username',
  'hook.missing_events': 'events',
  'hook.private_target': 'url',
  'test_number.expiry_required': 'expiresAt',
  'test_number.expiry_past': 'expiresAt',
  'test_number.code_length': 'code',
};

/** A text of the person's language for a code, in place of the words of the server. */
const textOfCode: Readonly<Record<string, TextKey>> = {
  'session.invalid_credentials': 'forms.password.wrong',
  'session.code_required': 'shell.errors.codes.session.invalid_code',
};

/**
 * What a refusal says of fields, one sentence or more for each: the server's own, or the person's language where the code
 * says enough.
 */
export function problemsOf(t: TFunction, error: unknown): Issue[] {
  const problem = toApiError(error);
  if (problem.code === 'password.rejected') {
    const rules = Array.isArray(problem.data) ? problem.data : [];
    return [{ path: 'password', message: passwordSentence(t, rules) || problem.message }];
  }
  const named = issuesOf(problem).filter(({ path }) => path !== '');
  const field = fieldOfCode[problem.code];
  const told = named.length === 0 && field ? [{ path: field, message: problem.message }] : named;
  const byPath = Map.groupBy(told, ({ path }) => path);
  return [...byPath].map(([path, issues]) => ({
    path,
    message: issues.map((issue) => sentenceOf(t, issue, problem.code)).join('\n'),
  }));
}

/** The same, with what the Console can tell by itself of other fields; where both speak of a field, its own words. */
export function allProblems(t: TFunction, error: unknown, own: readonly Issue[]): Issue[] {
  const told = problemsOf(t, error);
  if (told.length === 0) return told;
  return [
    ...own,
    ...told.filter(({ path }) => !own.some((issue) => isAbout(issue, path) || isAbout({ path }, issue.path))),
  ];
}

/** Whether a problem is about a field, or about what is below it. */
export const isAbout = ({ path }: Pick<Issue, 'path'>, field: string): boolean => `.${path}.`.includes(`.${field}.`);

/** What is told of a field beside its sentence. */
type Told = Issue & { rules?: unknown; reason?: unknown };

function sentenceOf(t: TFunction, issue: Told, codeOfAll: string): string {
  const { path, message, code = codeOfAll, rules } = issue;
  if (Array.isArray(rules)) return passwordSentence(t, rules as PasswordIssue[]) || message;
  if (issue.reason !== undefined) return cssSentence(t, issue as unknown as CssIssue);
  const key = textOfCode[code] ?? `shell.errors.codes.${code}`;
  return i18next.exists(key) ? t(key as 'shell.errors.title') : inLanguage(t, path, message);
}

/** The server speaks English; for what people type most, the Console has words of its own in other languages. */
function inLanguage(t: TFunction, path: string, message: string): string {
  if (i18next.language === 'en') return message;
  const [, whole] = /^The scheme is missing: .*, for example (\S+)$/.exec(message) ?? [];
  if (whole) return t('forms.schemeMissing', { whole });
  const ofAddress = (Object.keys(emailProblems) as EmailProblem[]).find((each) => emailProblems[each] === message);
  if (ofAddress) return t(`forms.email.${ofAddress}`);
  const field = path.split('.').findLast((part) => i18next.exists(`forms.invalid.${part}`));
  return field === undefined ? message : t(`forms.invalid.${field}` as 'forms.invalid.username');
}
