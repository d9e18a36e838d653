import { countrySchema } from '../../../experience/appearance.ts';
import type { SignInExperience } from '../../../experience/sign-in-experience.ts';
import { parseLocales } from '../../../locale.ts';
import { offersOf } from './offered-countries.ts';

/**
 * The country that a phone field begins with: of the first region that the browser's languages name and that gets codes, else the operator's.
 * @param acceptLanguage RFC 9110, section 12.5.4
 */
export function likelyCountry(
  acceptLanguage: string | undefined,
  { defaultCountry, fraudPolicy }: Pick<SignInExperience, 'defaultCountry' | 'fraudPolicy'>,
): string {
  const offers = offersOf(fraudPolicy) ?? (() => true);

  const regions = parseLocales(acceptLanguage).flatMap((tag) => new Intl.Locale(tag).region ?? []);
  return regions.find((region) => countrySchema.safeParse(region).success && offers(region)) ?? defaultCountry;
}
