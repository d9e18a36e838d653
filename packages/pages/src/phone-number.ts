import { domainToUnicode } from 'node:url';
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { PhoneField } from './view-models/fields.ts';

/** The country of a number in E.164, where the number tells it. */
export const countryOf = (phone: string): CountryCode | undefined => parsePhoneNumberFromString(phone)?.country;

/** Whether a recipient is an email address. */
export const isAddress = (recipient: string): boolean => recipient.includes('@');

/**
 * A number as people write it for readers abroad, for example `+1 415 555 0132`; an address with its domain in the script
 * that it was typed in; other texts as they are.
 */
export function formatRecipient(recipient: string): string {
  const [, local, domain] = /^([^@]*@)([^@]*xn--[^@]*)$/.exec(recipient) ?? [];
  if (domain !== undefined) return `${local}${domainToUnicode(domain) || domain}`;
  const isNumber = /^\+\d+$/.test(recipient);
  return (isNumber && parsePhoneNumberFromString(recipient)?.formatInternational()) || recipient;
}

/** What a phone field starts with: a number in E.164 without the calling code, or the country alone. */
export function toPhoneField(phone: string | undefined, defaultCountry: string): PhoneField {
  const parsed = phone === undefined ? undefined : parsePhoneNumberFromString(phone);
  if (!parsed) return { country: defaultCountry, number: '' };
  if (!parsed.country) return { country: defaultCountry, number: parsed.formatInternational() };
  return { country: parsed.country, number: parsed.formatNational() };
}
