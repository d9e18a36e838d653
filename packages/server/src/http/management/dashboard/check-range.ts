import { ApiError } from '../../../errors.ts';
import type { Range } from '../../../store/hour-sums.ts';
import { dayMs } from './local-days.ts';

/** So many days may be asked for at once. */
export const maxDays = 100;

/** @throws ApiError `guard.invalid_input` for a range that is empty or too long */
export function checkRange({ from, until }: Range): void {
  if (from < until && until - from <= maxDays * dayMs) return;
  const message = `Give a time that is before \`until\` by at most ${maxDays} days.`;
  throw new ApiError('guard.invalid_input', { issues: [{ in: 'querystring', path: 'from', message }] });
}
