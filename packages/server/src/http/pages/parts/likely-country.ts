import { countrySchema } from '../../../experience/appearance.ts';
import type { SignInExperience } from '../../../experience/sign-in-experience.ts';
import { parseLocales } from '../../../locale.ts';
import { offersOf } from './offered-countries.ts';

/**
 * The country that a phone field begins with: of the first of the browser's languages whose region gets codes, else the
 * operator's. A language without a region has the one that another spelling of it names, or else its likely one.
 * @param acceptLanguage RFC 9110, section 12.5.4
 */
export function likelyCountry(
  acceptLanguage: string | undefined,
  { defaultCountry, fraudPolicy }: Pick<SignInExperience, 'defaultCountry' | 'fraudPolicy'>,
): string {
  const offers = offersOf(fraudPolicy) ?? (() => true);
  const wishes = parseLocales(acceptLanguage).map((tag) => new Intl.Locale(tag));
  const isNamed = ({ language }: Intl.Locale) => wishes.some((wish) => wish.language === language && wish.region);
  const regions = wishes.flatMap((wish) => wish.region ?? (isNamed(wish) ? [] : (wish.maximize().region ?? [])));
  return regions.find((region) => countrySchema.safeParse(region).success && offers(region)) ?? defaultCountry;
}
