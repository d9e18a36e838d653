import { useTranslation } from 'react-i18next';
import { countryCodes, countryName } from '../../lists/countries.ts';

/** Every country, by its name in the language of the Console. */
export function useCountryOptions(): { value: string; label: string }[] {
  const { i18n } = useTranslation();
  return countryCodes
    .map((value) => ({ value, label: countryName(value, i18n.language) }))
    .toSorted((one, other) => one.label.localeCompare(other.label, i18n.language));
}
