import { z } from 'zod';
import { type ArrivalSums, countHowMessagesArrive } from '../../../messaging/arrivals.ts';
import type { Platform } from '../../../platform.ts';
import { hourMs } from '../../../store/hour-sums.ts';
import type { Store } from '../../../store/store.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { moneyOf, moneySchema } from '../protection/protection-schemas.ts';
import { askedRange, isToldByHour, maxDaysByHour, rangeQuery } from './asked-range.ts';
import { dateOf, localDays, timeZoneSchema } from './local-days.ts';

const seconds = z.object({
  median: z.number().nullable().describe('Half of them took no longer; `null` where there are none.'),
  p90: z.number().nullable().describe('Nine of ten took no longer.'),
});

const arrivalFields = {
  requested: z.int().describe('Messages that were asked for and within the limits.'),
  sent: z.int().describe('Those that the provider took.'),
  claimed: z.int().describe('Those of which the provider says that they were delivered.'),
  delivered: z.int().describe('Those, and those whose code was typed in.'),
  verified: z.int().describe('Those whose code was typed in.'),
  secondsToDelivered: seconds.describe('From the send to when the provider says that it was delivered.'),
  secondsToVerified: seconds.describe('From the send to when the code was typed in.'),
  parts: z.int().describe('How many SMS those that went out were billed as.'),
  costs: z.array(moneySchema).describe('Estimated until providers say it; one amount for each currency.'),
  costPerVerified: z.array(moneySchema).describe('The same for each SMS that was verified; nothing where none was.'),
};

/** `GET /api/dashboard/arrivals` */
export function getArrivals(app: AppInstance, { store, platform }: { store: Store; platform: Platform }): void {
  app.get(
    '/dashboard/arrivals',
    {
      config: { role: 'viewer', scope: 'read' },
      schema: {
        tags: ['Dashboard'],
        summary: 'How messages arrived, how long that took, and what it cost',
        description:
          'What providers claim beside what people typed in: in total, by connector, country, network and time; test messages are left out. Times are told from buckets that are a factor of √2 wide at most up to four minutes, and of 2 up to an hour.',
        querystring: z.object({
          ...rangeQuery,
          timeZone: timeZoneSchema,
          connectorFactoryId: z.string().optional().describe('Only what was sent through this connector.'),
          country: z
            .string()
            .regex(/^[A-Z]{2}$/)
            .optional()
            .describe('Only what was sent to this country (ISO 3166-1 alpha-2).'),
          network: z
            .string()
            .regex(/^\d{5,6}$/)
            .optional()
            .describe('Only what was sent to this network, by its country and network code (MCC and MNC).'),
        }),
        response: {
          200: z.object({
            from: z.int(),
            until: z.int(),
            total: z.object(arrivalFields),
            byDay: z.array(z.object({ day: z.string().describe('Date in the time zone.'), ...arrivalFields })),
            byHour: z
              .array(z.object({ hour: z.int().describe('When the hour begins, in milliseconds.'), ...arrivalFields }))
              .describe(`Hours with messages, where the time is ${maxDaysByHour} days at most.`),
            byConnector: z.array(z.object({ connectorFactoryId: z.string().nullable(), ...arrivalFields })),
            byCountry: z
              .array(z.object({ country: z.string().nullable(), ...arrivalFields }))
              .describe('Of the numbers; mails are in none.'),
            byNetwork: z
              .array(z.object({ network: z.string().describe('MCC and MNC.'), ...arrivalFields }))
              .describe('Where the provider names the network of the phone.'),
          }),
          ...errorResponses('request.too_broad', 'system.too_many_reads'),
        },
      },
    },
    async ({ query: { timeZone, ...query } }) => {
      const range = askedRange(query, platform.now());
      const { dayOf } = localDays(timeZone);
      const figures = await countHowMessagesArrive(store, { ...query, ...range });
      const { total, byConnector, byCountry, byNetwork, byTime } = figures;
      // The first hour may have begun on the day before.
      const days = byTime((hour) => dateOf(dayOf(Math.max(hour * hourMs, range.from))));
      const hours = isToldByHour(range) ? byTime((hour) => hour * hourMs) : [];
      return {
        ...range,
        total: shown(total),
        byDay: days
          .map(({ key: day, ...sums }) => ({ day, ...shown(sums) }))
          .toSorted((one, other) => (one.day < other.day ? -1 : 1)),
        byHour: hours
          .map(({ key: hour, ...sums }) => ({ hour, ...shown(sums) }))
          .toSorted((one, other) => one.hour - other.hour),
        byConnector: byConnector.map(({ key, ...sums }) => ({ connectorFactoryId: key || null, ...shown(sums) })),
        byCountry: byCountry.map(({ key, ...sums }) => ({ country: key || null, ...shown(sums) })),
        byNetwork: byNetwork.map(({ key: network, ...sums }) => ({ network, ...shown(sums) })),
      };
    },
  );
}

function shown({ costs, verifiedAtCost, ...sums }: ArrivalSums) {
  return {
    ...sums,
    costs: costs.map(({ cost, currency }) => moneyOf(cost, currency)),
    costPerVerified:
      verifiedAtCost === 0 ? [] : costs.map(({ cost, currency }) => moneyOf(cost / verifiedAtCost, currency)),
  };
}
