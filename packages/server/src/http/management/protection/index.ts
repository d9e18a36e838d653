import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { getAttacks } from './get-attacks.ts';
import { getCosts } from './get-costs.ts';
import { getCountries } from './get-countries.ts';
import { getDecisions } from './get-decisions.ts';
import { listed } from './listed.ts';
import { prices } from './prices.ts';
import { serveCountry } from './serve-country.ts';
import { simulate } from './simulate.ts';

/** What sends cost, what the guard decides on them, and what it goes by. */
export function registerProtection(app: AppInstance, services: Services): void {
  for (const register of [getCountries, serveCountry, getDecisions, getAttacks, getCosts, listed, prices, simulate]) {
    register(app, services);
  }
}
