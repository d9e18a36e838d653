import { z } from 'zod';
import type { Services } from '../../../services.ts';
import { countCosts } from '../../../store/cost-figures.ts';
import { hourMs } from '../../../store/hour-sums.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { askedRange, rangeQuery } from '../dashboard/asked-range.ts';
import { dateOf, localDays, timeZoneSchema } from '../dashboard/local-days.ts';
import { costFields, sumOfCosts, tags } from './protection-schemas.ts';

/** `GET /api/protection/costs` */
export function getCosts(app: AppInstance, { store, platform }: Pick<Services, 'store' | 'platform'>): void {
  app.get(
    '/protection/costs',
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'Tell what SMS cost',
        description:
          'In total, by day, by country and by connector, and what each that was verified cost. Test messages are left out, and so is what a provider refused.',
        querystring: z.object({
          ...rangeQuery,
          timeZone: timeZoneSchema,
        }),
        response: {
          200: z.object({
            from: z.int(),
            until: z.int(),
            total: z.object(costFields),
            byDay: z.array(z.object({ day: z.string().describe('Date in the time zone.'), ...costFields })),
            byCountry: z.array(z.object({ country: z.string().nullable(), ...costFields })),
            byConnector: z.array(z.object({ connectorFactoryId: z.string().nullable(), ...costFields })),
          }),
          ...errorResponses('request.too_broad', 'system.too_many_reads'),
        },
      },
    },
    async ({ query }) => {
      const range = askedRange(query, platform.now());
      const { dayOf } = localDays(query.timeZone);
      const rows = await countCosts(store, range);
      type Row = (typeof rows)[number];
      const by = <Key extends string | null>(keyOf: (row: Row) => Key) =>
        [...Map.groupBy(rows, keyOf)]
          .map(([key, members]) => ({ key, ...sumOfCosts(members) }))
          .toSorted((one, other) => other.messages - one.messages);
      return {
        ...range,
        total: sumOfCosts(rows),
        byDay: by(({ hour }) => dateOf(dayOf(Math.max(hour * hourMs, range.from))))
          .map(({ key: day, ...sums }) => ({ day, ...sums }))
          .toSorted((one, other) => (one.day < other.day ? -1 : 1)),
        byCountry: by(({ country }) => country || null).map(({ key: country, ...sums }) => ({ country, ...sums })),
        byConnector: by(({ factory_id }) => factory_id || null).map(({ key, ...sums }) => ({
          connectorFactoryId: key,
          ...sums,
        })),
      };
    },
  );
}
