import { getCountries } from 'libphonenumber-js/max';
import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import type { FraudPolicy } from '../../../experience/fraud-policy.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { countryCode, tags } from './protection-schemas.ts';

/** `PUT /api/protection/countries/:country` */
export function serveCountry(app: AppInstance, { experience }: Pick<Services, 'experience'>): void {
  app.put(
    '/protection/countries/:country',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'fraud-policy.serve-country', subject: 'fraud-policy', details: ['isServed'] },
      },
      schema: {
        tags,
        summary: 'Open or close a country',
        description:
          'Puts the country on the list of `fraudPolicy.countries` of the sign-in experience, or takes it off, whichever of the two its mode asks for. Closed ones are refused where the mode of the policy is `enforce`.',
        params: z.object({ country: countryCode }),
        body: z.object({ isServed: z.boolean() }),
        response: {
          200: z.object({ country: z.string(), isServed: z.boolean() }),
          ...errorResponses('entity.not_found'),
        },
      },
    },
    async ({ params: { country }, body: { isServed } }) => {
      const code = getCountries().find((known) => known === country);
      if (!code) throw new ApiError('entity.not_found');
      await experience.change(({ fraudPolicy }) => ({
        fraudPolicy: { countries: withCountry(fraudPolicy.countries, code, isServed) },
      }));
      return { country, isServed };
    },
  );
}

type Countries = FraudPolicy['countries'];

function withCountry({ mode, list }: Countries, country: Countries['list'][number], isServed: boolean): Countries {
  const isListed = isServed === (mode === 'allow');
  const others = list.filter((one) => one !== country);
  return { mode, list: isListed ? [...others, country] : others };
}
