import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import type { Platform } from '../../../platform.ts';
import type { Store } from '../../../store/store.ts';
import { countVerification, type Funnel } from '../../../store/verification-figures.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';

const dayMs = 86_400_000;
const defaultDays = 30;
const maxDays = 100;

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
          connectorFactoryId: z.string().optional().describe('Only what was sent through this connector.'),
        }),
        response: {
          200: z.object({
            from: z.int(),
            until: z.int(),
            total: z.object(funnelFields),
            byDay: z.array(
              z.object({ day: z.string().describe('Date in UTC, for example 2026-01-31.'), ...funnelFields }),
            ),
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
      const figures = await countVerification(store, { from, until, factoryId: query.connectorFactoryId });
      return {
        from,
        until,
        total: sum(figures),
        byDay: group(
          figures,
          ({ day }) => day,
          (day) => ({ day: new Date(day * dayMs).toISOString().slice(0, 10) }),
        ).toSorted((one, other) => (one.day < other.day ? -1 : 1)),
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
