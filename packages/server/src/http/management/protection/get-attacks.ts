import { z } from 'zod';
import { priceOfPart } from '../../../protection/money/prices.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { openPlace, sealPlace } from '../../long-lists/cursors.ts';
import { errorResponses } from '../../schemas.ts';
import { costList, moneyOf, moneySchema, tags } from './protection-schemas.ts';

const attackSchema = z.object({
  id: z.string(),
  country: z.string().nullable().describe('Of the numbers (ISO 3166-1 alpha-2); null where they do not tell it.'),
  beganAt: z.int(),
  lastAt: z.int().describe('When something was stopped last.'),
  isOver: z.boolean().describe('Whether nothing was stopped for an hour.'),
  refused: z.int(),
  failedChecks: z.int().describe('Sends that a human check was asked for, which nobody passed.'),
  recorded: z.int().describe('Sends that would have been stopped, where decisions are recorded only.'),
  sent: z.int().describe('Codes that went out to the country meanwhile and in the hour before, which nobody typed in.'),
  costs: z.array(moneySchema).describe(`What these cost. ${costList}`),
  saved: moneySchema.describe('What those that were stopped would have cost, by the price of one part.'),
  ranges: z.array(z.object({ range: z.string(), stopped: z.int() })).describe('The blocks of numbers, most first.'),
  networks: z.array(z.object({ network: z.string(), stopped: z.int() })).describe('Where from, most first.'),
});

type Deps = Pick<Services, 'attacks' | 'prices' | 'secretKeys'>;

const table = 'guard_attacks';

/** `GET /api/protection/attacks` */
export function getAttacks(app: AppInstance, { attacks, prices, secretKeys }: Deps): void {
  app.get(
    '/protection/attacks',
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'List the attacks',
        description:
          'Sends to one country that the guard stopped one after the other, newest first. `Next-Cursor` is for `after`, which goes on.',
        querystring: z.object({
          page_size: z.coerce.number().int().min(1).max(100).default(20),
          after: z.string().min(1).max(1024).optional().describe('The page after what had this `Next-Cursor`.'),
        }),
        response: { 200: z.array(attackSchema), ...errorResponses('request.too_broad', 'system.too_many_reads') },
      },
    },
    async ({ query: { page_size: limit, after } }, reply) => {
      const before = after === undefined ? undefined : openPlace(secretKeys, { table }, after, 'after');
      const [found, current] = await Promise.all([
        attacks.list({ limit: limit + 1, ...(before && { before: { ...before, at: Number(before.at) } }) }),
        prices.readStored(),
      ]);
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      if (found.length > limit && last) {
        reply.header('next-cursor', sealPlace(secretKeys, { table }, { at: last.beganAt, id: last.id }));
      }
      return shown.map((attack) => {
        const { country, refused, failedChecks, costs } = attack;
        const each = priceOfPart(current, country ?? undefined) * 1_000_000;
        return {
          ...attack,
          costs: costs.map(({ cost, currency }) => moneyOf(cost, currency)),
          saved: moneyOf(each * (refused + failedChecks), current.currency),
        };
      });
    },
  );
}
