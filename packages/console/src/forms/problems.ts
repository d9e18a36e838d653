import i18next, { type TFunction } from 'i18next';
import { type Issue, issuesOf, toApiError } from '../api/api-error.ts';

/** The reasons for which the server refuses a new password. */
const passwordReasons = [
  'too_short',
  'too_long',
  'too_common',
  'same_as_username',
  'same_as_phone',
  'repeated_character',
  'sequence',
] as const;

/** What a refusal says of fields: the server's own sentences, or the person's language where the code says enough. */
export function problemsOf(t: TFunction, error: unknown): Issue[] {
  const problem = toApiError(error);
  switch (problem.code) {
    case 'password.rejected': {
      const reason = passwordReasons.find((each) => each === problem.data.reason);
      return [{ path: 'password', message: reason ? t(`forms.password.${reason}`) : problem.message }];
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
    case 'resource.resource_identifier_in_use':
      return [{ path: 'indicator', message: t('shell.errors.codes.resource.resource_identifier_in_use') }];
    case 'scope.name_exists':
      return [{ path: 'name', message: t('shell.errors.codes.scope.name_exists') }];
    case 'scope.name_with_space':
      return [{ path: 'name', message: t('shell.errors.codes.scope.name_with_space') }];
    default:
      return issuesOf(problem)
        .filter(({ path }) => path !== '')
        .map(({ path, message }) => ({ path, message: inLanguage(t, path, message) }));
  }
}

/** The server speaks English; for what people type most, the Console has words of its own in other languages. */
function inLanguage(t: TFunction, path: string, message: string): string {
  if (i18next.language === 'en') return message;
  const field = path.split('.').find((part) => i18next.exists(`forms.invalid.${part}`));
  return field === undefined ? message : t(`forms.invalid.${field}` as 'forms.invalid.username');
}
