import { z } from 'zod';
import type { Platform } from '../../../platform.ts';
import { countActiveUsers } from '../../../store/activity-figures.ts';
import { hourMs } from '../../../store/hour-sums.ts';
import type { Store } from '../../../store/store.ts';
import { countNewUsers, countUsers } from '../../../store/user-figures.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { maxDays } from './asked-range.ts';
import { dateOf, dayMs, localDays, timeZoneSchema } from './local-days.ts';

const tags = ['Dashboard'];
const config = { role: 'viewer', scope: 'read' } as const;
const refusals = errorResponses('system.too_many_reads');

const statistics = z.object({
  count: z.int(),
  delta: z.int().describe('How many more than in as many days before.'),
});

const curve = z
  .array(z.object({ date: z.string().describe('For example 2026-01-31.'), count: z.int() }))
  .describe('A day each, the last one last.');
const curveDays = z.coerce.number().int().min(1).max(maxDays).default(30).describe('How many days the curve has.');

const week = 7;
/** What is a day, a week and a month. */
const lengths = [1, week, 30];

/** `GET /api/dashboard/users/total`, `…/new` and `…/active`, as Logto's. */
export function getUserFigures(app: AppInstance, { store, platform }: { store: Store; platform: Platform }): void {
  app.get(
    '/dashboard/users/total',
    {
      config,
      schema: {
        tags,
        summary: 'Count the users',
        description: 'Exact up to 100,000 users; of more, about how many there are.',
        response: { 200: z.object({ totalUserCount: z.int() }), ...refusals },
      },
    },
    async () => ({ totalUserCount: await countUsers(store) }),
  );

  app.get(
    '/dashboard/users/new',
    {
      config,
      schema: {
        tags,
        summary: 'Count new users',
        description: 'Those of today and of seven days, today included, who are still there.',
        querystring: z.object({ timeZone: timeZoneSchema, days: curveDays }),
        response: { 200: z.object({ today: statistics, last7Days: statistics, curve }), ...refusals },
      },
    },
    async ({ query }) => {
      const { dayOf, startOf } = localDays(query.timeZone);
      const today = dayOf(platform.now());
      const byDay: { date: string; count: number }[] = [];
      // One after the other, so that other reads have their turn in between.
      for (let day = today - Math.max(query.days, 2 * week) + 1; day <= today; day += 1) {
        const range = { from: startOf(day), until: startOf(day + 1) };
        byDay.push({ date: dateOf(day), count: await countNewUsers(store, range) });
      }
      const sum = (from: number, until?: number) => byDay.slice(from, until).reduce((all, { count }) => all + count, 0);
      return {
        today: { count: sum(-1), delta: sum(-1) - sum(-2, -1) },
        last7Days: { count: sum(-week), delta: sum(-week) - sum(-2 * week, -week) },
        curve: byDay.slice(-query.days),
      };
    },
  );

  app.get(
    '/dashboard/users/active',
    {
      config,
      schema: {
        tags,
        summary: 'Count the users who sign in',
        description:
          'How many signed in on a day, in the seven and in the thirty days that end with it, each user once; and the same of each of the days before.',
        querystring: z.object({
          date: z.iso
            .date('Give a date, for example 2026-01-31.')
            .optional()
            .describe('The last day; by default today.'),
          timeZone: timeZoneSchema,
          days: curveDays,
        }),
        response: {
          200: z.object({
            dauCurve: curve,
            dau: statistics,
            wau: statistics,
            mau: statistics,
          }),
          ...refusals,
        },
      },
    },
    async ({ query }) => {
      const { dayOf, startOf } = localDays(query.timeZone);
      const last = query.date === undefined ? dayOf(platform.now()) : Date.parse(query.date) / dayMs;
      const hourOf = (day: number) => Math.ceil(startOf(day) / hourMs);
      const window = (end: number, length: number) => ({ first: hourOf(end - length + 1), end: hourOf(end + 1) });
      const dates = Array.from({ length: query.days }, (_, index) => last - query.days + 1 + index);
      const counts = await countActiveUsers(store, [
        ...lengths.flatMap((length) => [window(last, length), window(last - length, length)]),
        ...dates.map((day) => window(day, 1)),
      ]);
      const compared = (index: number) => {
        const [count = 0, before = 0] = counts.slice(2 * index, 2 * index + 2);
        return { count, delta: count - before };
      };
      const byDay = counts.slice(2 * lengths.length);
      return {
        dauCurve: dates.map((day, index) => ({ date: dateOf(day), count: byDay[index] ?? 0 })),
        dau: compared(0),
        wau: compared(1),
        mau: compared(2),
      };
    },
  );
}
