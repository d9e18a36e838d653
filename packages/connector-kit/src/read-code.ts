import { invisibleMarks, separators, withPlainDigits } from './digits.ts';

const invisible = new RegExp(`[${invisibleMarks}]`, 'gu');
/** Digits with at most three signs between them, as people and providers group a code. */
const runs = new RegExp(String.raw`\d+(?:[${separators}]{1,3}\d+)*`, 'gu');

/**
 * The code in what was typed or pasted: a code in groups, in the digits of any script, or the whole message. The one run
 * of so many digits counts.
 * @returns `undefined` where there is no such run, or where several differ
 */
export function readCode(typed: string, length: number): string | undefined {
  const text = withPlainDigits(typed).replace(invisible, '');
  const ofLength = (found: string[] | null) => [...new Set(found?.filter((run) => run.length === length))];
  const whole = ofLength(text.match(/\d+/g));
  const codes = whole.length > 0 ? whole : ofLength(text.match(runs)?.map((run) => run.replace(/\D/g, '')) ?? null);
  return codes.length === 1 ? codes[0] : undefined;
}
