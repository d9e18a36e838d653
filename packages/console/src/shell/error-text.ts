import i18next, { type TFunction } from 'i18next';
import { type ApiError, issuesOf, toApiError } from '../api/api-error.ts';
import { waitInWords } from './duration.ts';

/** What to say about a failure: in the person's language where the Console knows the code, else the server's words. */
export function errorText(t: TFunction, error: unknown, language: string): string {
  const problem = toApiError(error);
  const { code, retryAfter, message } = problem;
  if (isLimited(problem)) return t('shell.signIn.limited', { wait: waitInWords(retryAfter ?? 60, language) });
  if (code === 'connector.invalid_config' || code === 'guard.invalid_input') {
    return [t('shell.errors.notAccepted'), ...issuesOf(problem).map((issue) => issue.message)].join(' ');
  }
  const key = `shell.errors.codes.${code}`;
  return i18next.exists(key) ? t(key as 'shell.errors.title') : message;
}

const isLimited = ({ status }: ApiError) => status === 429;
