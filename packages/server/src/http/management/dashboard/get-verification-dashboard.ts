import { channels } from '@sesame/connector-kit';
import { z } from 'zod';
import { countMessages, type Funnel } from '../../../messaging/figures.ts';
import type { Platform } from '../../../platform.ts';
import { hourMs } from '../../../store/hour-sums.ts';
import type { Store } from '../../../store/store.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { askedRange, isToldByHour, maxDaysByHour, rangeQuery } from './asked-range.ts';
import { dateOf, localDays, timeZoneSchema } from './local-days.ts';

const funnelFields = {
  requested: z.int().describe('Messages that were asked for and within the limits.'),
  sent: z.int().describe('Those that the provider took.'),
  delivered: z.int().describe('Those of which the provider says so, or whose code was answered.'),
  verified: z.int().describe('Those whose code was answered right.'),
  failed: z
    .int()
    .describe('Those that did not get through: failed, unclear, undelivered or suppressed, and not verified.'),
};

/** `GET /api/dashboard/verification` */
export function getVerificationDashboard(
  app: AppInstance,
  { store, platform }: { store: Store; platform: Platform },
): void {
  app.get(
    '/dashboard/verification',
    {
      config: { role: 'viewer', scope: 'read' },
      schema: {
        tags: ['Dashboard'],
        summary: 'How many messages were requested, sent, delivered and verified',
        description:
          'In total, by day, by channel, by country and by usage type; test messages are left out, and so are days, channels, countries and usage types without messages.',
        querystring: z.object({
          ...rangeQuery,
          timeZone: timeZoneSchema,
          connectorFactoryId: z.string().optional().describe('Only what was sent through this connector.'),
        }),
        response: {
          200: z.object({
            from: z.int(),
            until: z.int(),
            total: z.object(funnelFields),
            byDay: z.array(
              z.object({ day: z.string().describe('Date in the time zone, for example 2026-01-31.'), ...funnelFields }),
            ),
            byHour: z
              .array(z.object({ hour: z.int().describe('When the hour begins, in milliseconds.'), ...funnelFields }))
              .describe(`Hours with messages, where the time is ${maxDaysByHour} days at most.`),
            byChannel: z.array(z.object({ channel: z.enum(channels), ...funnelFields })),
            byCountry: z
              .array(z.object({ country: z.string().nullable(), ...funnelFields }))
              .describe('Of the numbers; mails are in none.'),
            byUsageType: z.array(z.object({ usageType: z.string(), ...funnelFields })),
          }),
          ...errorResponses('request.too_broad', 'system.too_many_reads'),
        },
      },
    },
    async ({ query }) => {
      const range = askedRange(query, platform.now());
      const { dayOf } = localDays(query.timeZone);
      const { byHour, byKind } = await countMessages(store, { ...range, factoryId: query.connectorFactoryId });
      const hours = group(byHour, ({ hour }) => ({ hour: hour * hourMs }));
      // The first hour may have begun on the day before.
      const days = hours.map(({ hour, ...funnel }) => ({ at: Math.max(hour, range.from), ...funnel }));
      return {
        ...range,
        total: sum(byHour),
        byDay: group(days, ({ at }) => ({ day: dateOf(dayOf(at)) })).toSorted((one, other) =>
          one.day < other.day ? -1 : 1,
        ),
        byHour: isToldByHour(range) ? hours.toSorted((one, other) => one.hour - other.hour) : [],
        byChannel: group(byKind, ({ channel }) => ({ channel })).toSorted(byRequested),
        byCountry: group(
          byKind.filter(({ channel }) => channel === 'Sms'),
          ({ country }) => ({ country }),
        ).toSorted(byRequested),
        byUsageType: group(byKind, ({ usageType }) => ({ usageType })).toSorted(byRequested),
      };
    },
  );
}

/** Adds up the figures of each key. */
function group<F extends Funnel, K extends object>(figures: readonly F[], keyOf: (figure: F) => K): (K & Funnel)[] {
  const byKey = Map.groupBy(figures, (figure) => JSON.stringify(keyOf(figure)));
  return [...byKey.values()].map((members) => ({ ...keyOf(members[0] as F), ...sum(members) }));
}

function sum(figures: readonly Funnel[]): Funnel {
  const total = (stage: keyof Funnel) => figures.reduce((count, figure) => count + figure[stage], 0);
  return {
    requested: total('requested'),
    sent: total('sent'),
    delivered: total('delivered'),
    verified: total('verified'),
    failed: total('failed'),
  };
}

const byRequested = (one: Funnel, other: Funnel) => other.requested - one.requested;
