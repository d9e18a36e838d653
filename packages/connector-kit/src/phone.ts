import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber as Parsed,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import { invisibleMarks, separators, withPlainDigits } from './digits.ts';
import { keptSpelling } from './phone-spelling.ts';
import { typeOf } from './phone-type.ts';
import { remember } from './remember.ts';
import type { PhoneNumber } from './template.ts';

/** A phone number, taken apart. */
export type ParsedPhone = {
  e164: PhoneNumber;
  /** ISO 3166-1 alpha-2, where the number tells it. */
  country: string | undefined;
  /** Without the plus, for example `86`. */
  callingCode: string;
  nationalNumber: string;
};

const maxTypedLength = 64;
/** What people and other programs put between digits; invisible marks come along when a number is copied. */
const betweenDigits = new RegExp(String.raw`[${separators}${invisibleMarks}\s\p{Cc}(),/\\⁄∕·•‧∙⋅・。۔~∼[\]{}]`, 'gu');
/** The zero of calls inside the country, as people write it behind the calling code: `+49 (0) 151 23450000`. */
const domesticZero = /(\d.*?)\(\s*0\s*\)/s;
const plus = /^[+\u2795]+/;
/** E.164 without anything between. */
const isPlain = /^\+[1-9]\d{1,14}$/;

/**
 * Reads a number: in E.164 with or without the plus, or as it is dialled in `country` where that is known; in the digits
 * of any script, with whatever people put between them. Of several readings the first valid mobile number counts, then
 * the first valid one, then the first possible one. Two spellings of one number give the same `e164`.
 * @param country ISO 3166-1 alpha-2, where the person chose one
 * @returns `undefined` for what cannot be a number
 */
export function parsePhone(input: string, country?: string): ParsedPhone | undefined {
  if (input.length > maxTypedLength) return undefined;
  return (country === undefined ? knownNumber(input) : readTyped(input, country))?.parsed;
}

/**
 * Taking a number apart costs more than all the rest of reading it, and a code comes back with the number that it went
 * to.
 */
const maxRemembered = 5_000;

const knownNumber = remember(maxRemembered, (input: string) => readTyped(input));

/** A number, and what kind of number it is. */
type TypedPhone = { parsed: ParsedPhone; type: Reading['type'] };

function readTyped(input: string, country?: string): TypedPhone | undefined {
  // As programs write it, it has one reading.
  const plain = isPlain.test(input) ? read(input, country) : undefined;
  if (plain && isValid(plain) && plain.phone.isPossible()) return toTypedPhone(plain);
  const typed = fromUri(withPlainDigits(input));
  const kept = readingsOf(typed, country);
  // In some countries the zero is part of the number.
  const readings = kept.some(isValid) ? kept : [...readingsOf(withoutDomesticZero(typed), country), ...kept];
  const possible = readings.filter(({ phone }) => phone.isPossible());
  const best = possible.find(isValidMobile) ?? possible.find(isValid) ?? possible[0];
  return best && toTypedPhone(best);
}

/** What a text may mean, and what kind of number that is; a number that is in no published range has no type. */
type Reading = { phone: Parsed; type: ReturnType<typeof typeOf> };

function readingsOf(typed: string, country: string | undefined): Reading[] {
  const text = phoneDigits(typed);
  if (!text) return [];
  const digits = text.replace(plus, '');
  const hasPlus = digits !== text && !digits.startsWith('0');
  return (hasPlus ? [`+${digits}`] : dialled(digits)).flatMap((reading) => read(reading, country) ?? []);
}

/**
 * The digits of a number, or of a part of one, as people type it: 0 to 9, after a plus where there is one.
 * @returns `undefined` for what holds something else than digits and what people put between them
 */
export function phoneDigits(typed: string): string | undefined {
  const text = withPlainDigits(typed).replace(betweenDigits, '').replace(plus, '+');
  return /^\+?\d+$/.test(text) ? text : undefined;
}

/** The same number without the zero of calls inside the country in brackets, where one is there. */
export const withoutDomesticZero = (typed: string): string => typed.replace(domesticZero, '$1');

/** Reads `tel:` URIs too. @see https://www.rfc-editor.org/rfc/rfc3966 */
function fromUri(text: string): string {
  const [, number, context = ''] =
    /^\s*tel:([^;]*)(?:;(?!ext=)[\w-]+(?:=[^;]*)?)*?(?:;phone-context=(\+[\d.() -]+))?(?:;(?!ext=)[\w-]+(?:=[^;]*)?)*\s*$/i.exec(
      text,
    ) ?? [undefined, text];
  return context + number;
}

/** What digits without a plus may mean: as dialled in the country, with the plus left out, with 00 in its place. */
const dialled = (digits: string): string[] => [
  digits,
  `+${digits}`,
  ...(digits.startsWith('00') ? [`+${digits.slice(2)}`] : []),
];

function read(text: string, country: string | undefined): Reading | undefined {
  const known = country !== undefined && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  // Digits alone are nobody's number, and finding that out costs an error.
  if (known === undefined && !text.startsWith('+')) return undefined;
  const found = known === undefined ? readAsIs(text) : readAsIs(text, known);
  const kept = found && keptSpelling(found.phone.number);
  return kept === found?.phone.number ? found : readAsIs(kept ?? '');
}

function readAsIs(text: string, country?: CountryCode): Reading | undefined {
  const phone = parsePhoneNumberFromString(text, country);
  return phone && { phone, type: typeOf(phone) };
}

/** With all of the published ranges at hand, a number is valid if it has a type. */
const isValid = ({ type }: Reading): boolean => type !== undefined;

const isValidMobile = ({ type }: Reading): boolean => type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE';

const toTypedPhone = ({ phone, type }: Reading): TypedPhone => {
  const { number, country, countryCallingCode, nationalNumber } = phone;
  return { parsed: { e164: number, country, callingCode: countryCallingCode, nationalNumber }, type };
};

/** Numbers of these types are machines, lead elsewhere, or cost whoever writes to them. */
const typesWithoutSms = ['PREMIUM_RATE', 'SHARED_COST', 'TOLL_FREE', 'UAN', 'PERSONAL_NUMBER', 'PAGER', 'VOICEMAIL'];
/**
 * Calling codes of no country: international toll-free, shared-cost and premium numbers, satellites and networks.
 * @see https://www.itu.int/pub/T-SP-E.164D
 */
const callingCodesWithoutSms = ['800', '808', '870', '878', '881', '882', '883', '888', '979'];

/**
 * Whether a message to the number can reach a person's phone. A number that is possible but in no published range may be
 * new: ranges open faster than lists of them.
 */
export const canReceiveSms = ({ e164, callingCode }: ParsedPhone): boolean =>
  !callingCodesWithoutSms.includes(callingCode) && isOfPeople(e164);

const isOfPeople = (e164: string): boolean => !typesWithoutSms.includes(knownNumber(e164)?.type ?? '');

/** Whether a number in E.164 is a mobile number of mainland China; Hong Kong, Macau and Taiwan have codes of their own. */
export function isMainlandChina(phone: PhoneNumber): boolean {
  return /^\+?861\d{10}$/.test(phone);
}
