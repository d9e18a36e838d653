import { parsePhone, phoneDigits, withoutDomesticZero } from '@sesame/connector-kit';

/** What somebody may mean who types a number or a part of one. A number that meets one of it may be meant. */
export type MeantNumber = {
  /** Whole numbers (E.164). */
  whole: readonly string[];
  /** Digits that a number begins with, the calling code first. */
  starts: readonly string[];
  /** Digits that are anywhere in a number. */
  parts: readonly string[];
};

/** E.164 has no more digits. */
const maxDigits = 15;
/** With fewer digits no number is whole, in any country. */
const minWhole = 7;

/**
 * Where numbers are dialled with more than a zero before them, or with digits among them that are not in E.164.
 * @see https://www.itu.int/oth/T0202.aspx?parent=T0202 national numbering plans
 */
const countriesWithOtherPrefixes = ['AR', 'BY', 'HU', 'KZ', 'LT', 'MX', 'RU', 'TM'];
/** Where two digits choose a network before whole numbers: before the start of one they may be anything. */
const countriesWithCarriers = ['BR'];

/**
 * Reads a number or a part of one as people type and paste it: in E.164, with 00 for the plus, as it is dialled at home,
 * its last digits; in the digits of any script, with whatever people put between them. Zeros at the beginning are read
 * in every way: as those before a calling code, as that of calls inside the country, and as digits of the end.
 * @returns `undefined` for what is no part of a number
 */
export function readMeantNumber(typed: string): MeantNumber | undefined {
  const text = typed.replace(/^\s*tel:/i, '');
  const spellings = [text, withoutDomesticZero(text)].flatMap((each) => phoneDigits(each) ?? []);
  if (spellings.length === 0) return undefined;
  const digits = spellings.filter((each) => !each.startsWith('+'));
  const isWhole = digits.some(({ length }) => length >= minWhole);
  const countries = [...countriesWithOtherPrefixes, ...countriesWithCarriers];
  const whole = [undefined, ...(isWhole ? countries : [])].map((country) => parsePhone(text, country));
  const starts = spellings.map((each) => each.replace(/^(?:\+0*|00+)/, '')).filter((each) => !each.startsWith('0'));
  return {
    whole: [...new Set(whole.flatMap((phone) => phone?.e164 ?? []))],
    starts: kept([
      ...starts,
      ...[undefined, ...countriesWithOtherPrefixes].flatMap((each) => startsIn(spellings, each)),
    ]),
    parts: kept(digits.flatMap((each) => [each, each.replace(/^0(?=[1-9])/, '')])),
  };
}

/** With fewer digits nobody has said more than what is dialled before a number. */
const minStart = 4;
const filler = '2';

/**
 * What a number begins with whose beginning was typed as it is dialled: what is dialled before it goes when the rest is
 * filled in with digits that are taken away again.
 * @param country of numbers without a calling code
 */
function startsIn(spellings: readonly string[], country: string | undefined): string[] {
  return spellings.flatMap((typed) => {
    const digits = typed.replace(/^(?:\+|00)/, '');
    const isFromAbroad = digits !== typed;
    if (isFromAbroad !== (country === undefined) || digits.length < minStart) return [];
    const missing = Array.from({ length: Math.max(0, maxDigits - digits.length) }, (_, index) => index + 1);
    return missing.flatMap((count) => {
      const rest = filler.repeat(count);
      const { e164 = '', callingCode = '' } = parsePhone(typed + rest, country) ?? {};
      const start = e164.endsWith(rest) ? e164.slice(1, -count) : '';
      const isKnown = start.length >= callingCode.length + minStart - 1;
      return isKnown && !start.includes(digits) ? [start] : [];
    });
  });
}

const kept = (digits: readonly string[]): string[] => [
  ...new Set(digits.filter(({ length }) => length > 0 && length <= maxDigits)),
];

/** How many digits are known at most. */
export const digitsKnown = ({ whole, starts, parts }: MeantNumber): number =>
  Math.max(0, ...[...whole, ...starts, ...parts].map(({ length }) => length));

/** Whether this number (E.164) may be meant. */
export const mayBeMeant = ({ whole, starts, parts }: MeantNumber, e164: string): boolean =>
  whole.includes(e164) ||
  starts.some((start) => e164.startsWith(`+${start}`)) ||
  parts.some((part) => e164.includes(part));

/** The same as patterns of SQL for numbers in E.164. */
export const patternsOf = ({ whole, starts, parts }: MeantNumber): string[] => {
  const others = [...whole, ...starts.map((start) => `+${start}%`)];
  return [...parts.map((part) => `%${part}%`), ...others.filter((each) => !parts.some((part) => each.includes(part)))];
};
