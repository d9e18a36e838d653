import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import type { Range } from '../../../store/hour-sums.ts';
import { dayMs } from './local-days.ts';

/** So many days may be asked for at once. */
export const maxDays = 100;
/** So many days are told by the hour as well. */
export const maxDaysByHour = 8;
const defaultDays = 30;

const time = z.coerce.number().int().min(0).max(8_640_000_000_000_000).optional();

/** What a query says of the time that figures are of. */
export const rangeQuery = {
  from: time.describe(
    `Milliseconds since the epoch; by default ${defaultDays} days before \`until\`. Messages older than a day are summed up by the hour, and once more after four days: what is reported in between is in the list of messages at once, and here then.`,
  ),
  until: time.describe(`Not included; by default now. At most ${maxDays} days after \`from\`.`),
};

/**
 * The time that was asked for, until now where nothing is said.
 * @throws ApiError `guard.invalid_input` for a range that is empty or too long
 */
export function askedRange(asked: Partial<Range>, now: number): Range {
  const { until = now } = asked;
  const { from = Math.max(0, until - defaultDays * dayMs) } = asked;
  if (from < until && until - from <= maxDays * dayMs) return { from, until };
  const message = `Give a time that is before \`until\` by at most ${maxDays} days.`;
  throw new ApiError('guard.invalid_input', { issues: [{ in: 'querystring', path: 'from', message }] });
}

/** Whether a time is short enough to be told by the hour. */
export const isToldByHour = ({ from, until }: Range): boolean => until - from <= maxDaysByHour * dayMs;
