import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import type { Platform } from '../../../platform.ts';
import type { Store } from '../../../store/store.ts';
import { countVerification, type Funnel } from '../../../store/verification-figures.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { dateOf, dayMs, localDays, timeZoneSchema } from './local-days.ts';

const hourMs = 3_600_000;
const defaultDays = 30;
const maxDays = 100;
/** So many days are told by the hour as well. */
const maxDaysByHour = 8;

const funnelFields = {
  requested: z.int().describe('Messages that were asked for and within the limits.'),
  sent: z.int().describe('Those that the provider took.'),
  delivered: z.int().describe('Those of which the provider says so, or whose code was answered.'),
  verified: z.int().describe('Those whose code was answered right.'),
};

const time = z.coerce.number().int().min(0).max(8_640_000_000_000_000);

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
          'In total, by day, by country and by usage type; test messages are left out, and so are days, countries and usage types without messages.',
        querystring: z.object({
          from: time
            .optional()
            .describe(`Milliseconds since the epoch; by default ${defaultDays} days before \`until\`.`),
          until: time.optional().describe(`Not included; by default now. At most ${maxDays} days after \`from\`.`),
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
            byCountry: z.array(z.object({ country: z.string().nullable(), ...funnelFields })),
            byUsageType: z.array(z.object({ usageType: z.string(), ...funnelFields })),
          }),
          ...errorResponses('request.too_broad', 'system.too_many_reads'),
        },
      },
    },
    async ({ query }) => {
      const until = query.until ?? platform.now();
      const from = query.from ?? Math.max(0, until - defaultDays * dayMs);
      checkRange(from, until);
      const { dayOf, startOf } = localDays(query.timeZone);
      const range = { from, until, factoryId: query.connectorFactoryId };
      const isByHour = until - from <= maxDaysByHour * dayMs;
      const days = Array.from({ length: dayOf(until - 1) - dayOf(from) + 1 }, (_, index) =>
        startOf(dayOf(from) + index),
      );
      const figures = await countVerification(store, range, isByHour ? undefined : days);
      return {
        from,
        until,
        total: sum(figures),
        byDay: group(
          figures,
          ({ at }) => dayOf(at),
          (day) => ({ day: dateOf(day) }),
        ).toSorted((one, other) => (one.day < other.day ? -1 : 1)),
        byHour: isByHour
          ? group(
              figures,
              ({ at }) => at - (at % hourMs),
              (hour) => ({ hour }),
            ).toSorted((one, other) => one.hour - other.hour)
          : [],
        byCountry: group(
          figures,
          ({ country }) => country,
          (country) => ({ country }),
        ).toSorted(byRequested),
        byUsageType: group(
          figures,
          ({ usageType }) => usageType,
          (usageType) => ({ usageType }),
        ).toSorted(byRequested),
      };
    },
  );
}

function checkRange(from: number, until: number): void {
  if (from < until && until - from <= maxDays * dayMs) return;
  const message = `Give a time that is before \`until\` by at most ${maxDays} days.`;
  throw new ApiError('guard.invalid_input', { issues: [{ in: 'querystring', path: 'from', message }] });
}

/** Adds up the figures of each key, which `name` puts into the reply. */
function group<F extends Funnel, K, N>(figures: readonly F[], key: (figure: F) => K, name: (key: K) => N) {
  return [...Map.groupBy(figures, key)].map(([found, members]) => ({ ...name(found), ...sum(members) }));
}

function sum(figures: readonly Funnel[]): Funnel {
  const total = (stage: keyof Funnel) => figures.reduce((count, figure) => count + figure[stage], 0);
  return {
    requested: total('requested'),
    sent: total('sent'),
    delivered: total('delivered'),
    verified: total('verified'),
  };
}

const byRequested = (one: Funnel, other: Funnel) => other.requested - one.requested;
