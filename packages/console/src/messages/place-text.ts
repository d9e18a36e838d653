import type { TFunction } from 'i18next';
import { countryName } from '../lists/countries.ts';
import type { Message } from './messages-api.ts';

/** The country that a message went to, in the language of the Console; mails go to none. */
export function placeText(t: TFunction, { channel, country }: Message, language: string): string {
  if (country) return countryName(country, language);
  return t(channel === 'Email' ? 'messages.none' : 'messages.unknown');
}
