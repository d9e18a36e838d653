import { ApiError } from './errors.ts';

/** More levels than people write by hand. What walks through a value calls itself once for each. */
const maxLevels = 64;

/** Refuses a value from JSON that is nested too deeply. @throws ApiError `guard.invalid_input` */
export function checkLevels(value: unknown): void {
  if (!isDeeper(value, maxLevels)) return;
  const message = `The values may be nested ${maxLevels} levels deep.`;
  throw new ApiError('guard.invalid_input', { issues: [{ in: 'body', path: '', message }] });
}

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)));
