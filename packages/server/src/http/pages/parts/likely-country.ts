import { countrySchema } from '../../../experience/appearance.ts';
import { parseLocales } from '../../../locale.ts';

/**
 * The country that a phone field begins with: of the first region that the browser's languages name, else the operator's.
 * @param acceptLanguage RFC 9110, section 12.5.4
 */
export function likelyCountry(acceptLanguage: string | undefined, defaultCountry: string): string {
  const regions = parseLocales(acceptLanguage).flatMap((tag) => new Intl.Locale(tag).region ?? []);
  return regions.find((region) => countrySchema.safeParse(region).success) ?? defaultCountry;
}
