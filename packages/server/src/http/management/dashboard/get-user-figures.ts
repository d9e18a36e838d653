import { z } from 'zod';
import type { Platform } from '../../../platform.ts';
import type { Store } from '../../../store/store.ts';
import { countActiveUsers, countNewUsers, countUsers, type TimeRange } from '../../../store/user-figures.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { dateOf, dayMs, type LocalDays, localDays, timeZoneSchema } from './local-days.ts';

const tags = ['Dashboard'];
const config = { role: 'viewer', scope: 'read' } as const;
const refusals = errorResponses('system.too_many_reads');

const statistics = z.object({
  count: z.int(),
  delta: z.int().describe('How many more than in as many days before.'),
});

const week = 7;
const month = 30;

/** `GET /api/dashboard/users/total`, `…/new` and `…/active`, as Logto's. */
export function getUserFigures(app: AppInstance, { store, platform }: { store: Store; platform: Platform }): void {
  const compared = async (count: (range: TimeRange) => Promise<number>, days: LocalDays, today: number, of: number) => {
    const time = (from: number) => ({ from: days.startOf(from), until: days.startOf(from + of) });
    const [now, before] = [await count(time(today - of + 1)), await count(time(today - 2 * of + 1))];
    return { count: now, delta: now - before };
  };

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
        querystring: z.object({ timeZone: timeZoneSchema }),
        response: { 200: z.object({ today: statistics, last7Days: statistics }), ...refusals },
      },
    },
    async ({ query }) => {
      const days = localDays(query.timeZone);
      const today = days.dayOf(platform.now());
      const countNew = (range: TimeRange) => countNewUsers(store, range);
      return {
        today: await compared(countNew, days, today, 1),
        last7Days: await compared(countNew, days, today, week),
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
          'How many signed in on a day, in the seven and in the thirty days that end with it, each user once; and the same of each of thirty days. Users who have been deleted do not count.',
        querystring: z.object({
          date: z.iso
            .date('Give a date, for example 2026-01-31.')
            .optional()
            .describe('The last day; by default today.'),
          timeZone: timeZoneSchema,
        }),
        response: {
          200: z.object({
            dauCurve: z
              .array(z.object({ date: z.string(), count: z.int() }))
              .describe('A day each, the last one last.'),
            dau: statistics,
            wau: statistics,
            mau: statistics,
          }),
          ...refusals,
        },
      },
    },
    async ({ query }) => {
      const days = localDays(query.timeZone);
      const last = query.date === undefined ? days.dayOf(platform.now()) : Date.parse(query.date) / dayMs;
      const countActive = (range: TimeRange) => countActiveUsers(store, range);
      const dauCurve: { date: string; count: number }[] = [];
      // One after the other, so that other reads have their turn in between.
      for (let day = last - month + 1; day <= last; day += 1) {
        const range = { from: days.startOf(day), until: days.startOf(day + 1) };
        dauCurve.push({ date: dateOf(day), count: await countActive(range) });
      }
      return {
        dauCurve,
        dau: await compared(countActive, days, last, 1),
        wau: await compared(countActive, days, last, week),
        mau: await compared(countActive, days, last, month),
      };
    },
  );
}
