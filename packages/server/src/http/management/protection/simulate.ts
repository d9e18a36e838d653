import { z } from 'zod';
import { fraudPolicyChangeSchema } from '../../../experience/fraud-policy.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { moneyOf, moneySchema, tags } from './protection-schemas.ts';

const simulatedSchema = z.object({
  country: z.string().nullable().describe('Of the numbers (ISO 3166-1 alpha-2); null where they do not tell it.'),
  messages: z.int().describe('Codes that were sent.'),
  verified: z.int().describe('Those that were typed in.'),
  sent: z.int().describe('Those that would have been sent.'),
  refused: z.int().describe('Those that would not have been sent.'),
  checked: z.int().describe('Those that a human check would have been asked for.'),
  verifiedRefused: z.int().describe('Those that would not have been sent, although they were typed in: people.'),
  cost: moneySchema.describe('What all of them cost.'),
  saved: moneySchema.describe('What those cost that would not have been sent.'),
});

/** `POST /api/protection/simulations` */
export function simulate(
  app: AppInstance,
  { experience, simulation }: Pick<Services, 'experience' | 'simulation'>,
): void {
  app.post(
    '/protection/simulations',
    {
      config: { role: 'operator', scope: 'all', holdsNumbers: false },
      schema: {
        tags,
        summary: 'Try a policy on what was sent',
        description:
          'What `fraudPolicy` would have done to the codes of the last days, decided as real ones are. What is left out of it is as it is now; `mode` is `enforce` where nothing is said. Networks and browsers are not recorded, so that they decide nothing here; who typed a code in would have passed a human check, and nobody else. What was refused then is not in it. Nothing is changed.',
        body: z.object({
          fraudPolicy: fraudPolicyChangeSchema.default({}),
          days: z.int().min(1).max(30).default(30),
        }),
        response: {
          200: z.object({
            from: z.int().describe('From when on codes were played: of more than 20,000 the last.'),
            until: z.int(),
            isAll: z.boolean(),
            countries: z.array(simulatedSchema),
          }),
          ...errorResponses('request.too_broad', 'system.too_many_reads'),
        },
      },
    },
    async ({ body: { fraudPolicy: change, days } }) => {
      const { fraudPolicy } = await experience.preview({ fraudPolicy: { mode: 'enforce', ...change } });
      const { currency, countries, ...range } = await simulation.run(fraudPolicy, days);
      return {
        ...range,
        countries: countries.map(({ cost, saved, ...counts }) => ({
          ...counts,
          cost: moneyOf(cost, currency),
          saved: moneyOf(saved, currency),
        })),
      };
    },
  );
}
