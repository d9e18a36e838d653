import { type EmailProblem, emailProblems } from '@sesame/connector-kit';
import i18next, { type TFunction } from 'i18next';
import { type ApiError, type Issue, issuesOf, toApiError } from '../api/api-error.ts';

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
function sentenceOf(t: TFunction, { code, interpolation = {} }: PasswordIssue): string {
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

/** A line for each, in the language of the person. */
export function cssSentences(t: TFunction, { data }: ApiError): string[] {
  const issues = Array.isArray(data.issues) ? (data.issues as CssIssue[]) : [];
  return issues.map(({ message, reason, line, found, fault }) => {
    if (reason === 'syntax') {
      const kind = cssFaults.find((each) => each === fault) ?? 'other';
      return t('forms.css.syntax', { line, fault: t(`forms.css.fault.${kind}`) });
    }
    const known = cssReasons.find((each) => each === reason);
    return known ? t(`forms.css.${known}`, { line, found }) : message;
  });
}

/** What a refusal says of fields: the server's own sentences, or the person's language where the code says enough. */
export function problemsOf(t: TFunction, error: unknown): Issue[] {
  const problem = toApiError(error);
  switch (problem.code) {
    case 'password.rejected': {
      const broken = Array.isArray(problem.data) ? (problem.data as PasswordIssue[]) : [];
      const sentences = broken.map((issue) => sentenceOf(t, issue));
      return [{ path: 'password', message: sentences.join(' ') || problem.message }];
    }
    case 'session.invalid_credentials':
      return [{ path: 'currentPassword', message: t('forms.password.wrong') }];
    case 'session.code_required':
    case 'session.invalid_code':
      return [{ path: 'code', message: t('shell.errors.codes.session.invalid_code') }];
    case 'user.username_already_in_use':
      return [{ path: 'username', message: t('shell.errors.codes.user.username_already_in_use') }];
    case 'user.phone_already_in_use':
      return [{ path: 'primaryPhone', message: t('shell.errors.codes.user.phone_already_in_use') }];
    case 'user.email_already_in_use':
      return [{ path: 'primaryEmail', message: t('shell.errors.codes.user.email_already_in_use') }];
    case 'resource.resource_identifier_in_use':
      return [{ path: 'indicator', message: t('shell.errors.codes.resource.resource_identifier_in_use') }];
    case 'scope.name_exists':
      return [{ path: 'name', message: t('shell.errors.codes.scope.name_exists') }];
    case 'scope.name_with_space':
      return [{ path: 'name', message: t('shell.errors.codes.scope.name_with_space') }];
    case 'sign_in_experiences.invalid_custom_css':
      return [{ path: 'customCss', message: cssSentences(t, problem).join('\n') }];
    default:
      return issuesOf(problem)
        .filter(({ path }) => path !== '')
        .map(({ path, message }) => ({ path, message: inLanguage(t, path, message) }));
  }
}

/** The server speaks English; for what people type most, the Console has words of its own in other languages. */
function inLanguage(t: TFunction, path: string, message: string): string {
  if (i18next.language === 'en') return message;
  const ofAddress = (Object.keys(emailProblems) as EmailProblem[]).find((each) => emailProblems[each] === message);
  if (ofAddress) return t(`forms.email.${ofAddress}`);
  const field = path.split('.').find((part) => i18next.exists(`forms.invalid.${part}`));
  return field === undefined ? message : t(`forms.invalid.${field}` as 'forms.invalid.username');
}
