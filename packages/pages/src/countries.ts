import { type CountryCode, getCountries, getCountryCallingCode } from 'libphonenumber-js/max';

/** A country or region that has phone numbers. */
export type Country = {
  /** ISO 3166-1, two letters. */
  id: string;
  name: string;
  /** Without the plus. */
  callingCode: string;
  /** Whether the calling code alone means this one: the United States for 1. */
  isMain: boolean;
};

const lists = new Map<string, readonly Country[]>();

/** All of them, in the order of their names. */
export function countriesIn(language: string): readonly Country[] {
  const known = lists.get(language);
  if (known) return known;
  const { compare } = new Intl.Collator(language);
  const countries = getCountries()
    .map((id) => toCountry(id, language))
    .sort((one, other) => compare(one.name, other.name));
  lists.set(language, countries);
  return countries;
}

/** The name of one; the two letters where they are unknown. */
export const countryName = (id: string, language: string): string =>
  countriesIn(language).find((country) => country.id === id)?.name ?? id;

function toCountry(id: CountryCode, language: string): Country {
  const callingCode = getCountryCallingCode(id);
  const name = namesIn(language).of(id) ?? id;
  return { id, name, callingCode, isMain: (mainCountries[callingCode] ?? id) === id };
}

const names = new Map<string, Intl.DisplayNames>();

function namesIn(language: string): Intl.DisplayNames {
  const known = names.get(language) ?? new Intl.DisplayNames(language, { type: 'region', fallback: 'code' });
  names.set(language, known);
  return known;
}

/** Where several countries share a calling code: the one that has it for itself first. */
const mainCountries: Readonly<Record<string, CountryCode>> = {
  1: 'US',
  7: 'RU',
  39: 'IT',
  44: 'GB',
  47: 'NO',
  61: 'AU',
  212: 'MA',
  262: 'RE',
  290: 'SH',
  358: 'FI',
  590: 'GP',
  599: 'CW',
};
