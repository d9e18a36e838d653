import { countrySchema } from '../../../experience/appearance.ts';
import type { FraudPolicy } from '../../../experience/fraud-policy.ts';
import { servesCountry } from '../../../protection/guard.ts';

/**
 * Whether numbers of a country get codes; nothing where no policy says that some do not. Where none does, pages offer all:
 * nobody could choose from an empty list, and whoever types a number is told.
 */
export function offersOf(policy: FraudPolicy): ((country: string) => boolean) | undefined {
  if (policy.mode !== 'enforce') return undefined;
  const serves = (country: string) => servesCountry(policy, country);
  return countrySchema.options.some(serves) ? serves : undefined;
}
