import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { PhoneField } from './view-models.ts';

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
