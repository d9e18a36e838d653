import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
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

/** What people and other programs put between digits; invisible marks come along when a number is copied. */
const separators = /[\s().\p{Pd}\p{Cf}]/gu;

/**
 * Reads a number in E.164, with or without the plus, with spaces, dashes, dots or brackets between the digits.
 * `undefined` for anything else and for a number that cannot exist. Two spellings of one number give the same `e164`.
 */
export function parsePhone(input: string): ParsedPhone | undefined {
  const digits = input.replace(separators, '');
  if (!/^\+?[1-9]\d{5,14}$/.test(digits)) return undefined;
  const parsed = parsePhoneNumberFromString(digits.startsWith('+') ? digits : `+${digits}`);
  if (!parsed?.isPossible()) return undefined;
  return {
    e164: parsed.number,
    country: parsed.country,
    callingCode: parsed.countryCallingCode,
    nationalNumber: parsed.nationalNumber,
  };
}

/** Whether a number in E.164 is a mobile number of mainland China; Hong Kong, Macau and Taiwan have codes of their own. */
export function isMainlandChina(phone: PhoneNumber): boolean {
  return /^\+?861\d{10}$/.test(phone);
}
