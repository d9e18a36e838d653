import type { FraudPolicy } from '../../../experience/fraud-policy.ts';
import { servesCountry } from '../../../protection/guard.ts';

/** Whether numbers of a country get codes; nothing where no policy says that some do not. */
export const offersOf = (policy: FraudPolicy): ((country: string) => boolean) | undefined =>
  policy.mode === 'enforce' ? (country) => servesCountry(policy, country) : undefined;
