import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { PhoneField } from './view-models.ts';

/**
 * Reads what was typed into a phone field: a number of the chosen country, or of any country with a plus in front.
 * @returns E.164 with the plus; `undefined` for what cannot be a number
 */
export function readPhoneField({ country, number }: PhoneField): string | undefined {
  if (number.length > 64) return undefined;
  const text = number.normalize('NFKC').replace(/[\s().\u2010-\u2015-]/g, '');
  if (!/^\+?\d+$/.test(text)) return undefined;
  const defaultCountry = isSupportedCountry(country) ? country : undefined;
  const parsed = parsePhoneNumberFromString(text, defaultCountry);
  return parsed?.isPossible() ? parsed.number : undefined;
}

/** The country of a number in E.164, where the number tells it. */
export const countryOf = (phone: string): CountryCode | undefined => parsePhoneNumberFromString(phone)?.country;

/** The number as people write it for readers abroad, for example `+1 415 555 0132`; other texts as they are. */
export const formatPhone = (phone: string): string => parsePhoneNumberFromString(phone)?.formatInternational() ?? phone;

/** What a phone field starts with: a number in E.164 without the calling code, or the country alone. */
export function toPhoneField(phone: string | undefined, defaultCountry: string): PhoneField {
  const parsed = phone === undefined ? undefined : parsePhoneNumberFromString(phone);
  if (!parsed) return { country: defaultCountry, number: '' };
  if (!parsed.country) return { country: defaultCountry, number: parsed.formatInternational() };
  return { country: parsed.country, number: parsed.formatNational() };
}
