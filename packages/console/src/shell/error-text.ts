import type { TFunction } from 'i18next';
import { type ApiError, issuesOf, toApiError } from '../api/api-error.ts';
import { waitInWords } from './duration.ts';

/** What to say about a failure: in the person's language where the Console knows the code, else the server's words. */
export function errorText(t: TFunction, error: unknown, language: string): string {
  const problem = toApiError(error);
  const { code, retryAfter, message } = problem;
  if (code === 'network.unreachable') return t('shell.errors.unreachable');
  if (code === 'system.unavailable') return t('shell.errors.unavailable');
  if (code === 'system.internal') return t('shell.errors.internal');
  if (code === 'entity.not_found') return t('shell.errors.notFound');
  if (code === 'auth.forbidden') return t('shell.errors.forbidden');
  if (code === 'session.invalid_credentials') return t('shell.signIn.wrong');
  if (isLimited(problem)) return t('shell.signIn.limited', { wait: waitInWords(retryAfter ?? 60, language) });
  if (code === 'connector.invalid_config' || code === 'guard.invalid_input') {
    return [t('shell.errors.notAccepted'), ...issuesOf(problem).map((issue) => issue.message)].join(' ');
  }
  return message;
}

const isLimited = ({ status }: ApiError) => status === 429;
