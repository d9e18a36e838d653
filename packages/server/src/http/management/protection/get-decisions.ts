import { z } from 'zod';
import type { Reason } from '../../../protection/decide.ts';
import { maskedScope } from '../../../protection/scopes.ts';
import type { Services } from '../../../services.ts';
import { everyDecision, listDecisions } from '../../../store/guard-decisions.ts';
import type { GuardDecisionsTable } from '../../../store/tables/guard.ts';
import type { AppInstance } from '../../app-instance.ts';
import { aboutPages, answerLongList, longListQuery } from '../../long-lists/long-list.ts';
import { seesNumbers } from '../../roles.ts';
import { errorResponses } from '../../schemas.ts';
import { countryCode, reasonsSchema, tags } from './protection-schemas.ts';

const decisionSchema = z.object({
  id: z.string(),
  at: z.int(),
  recipient: z.string().describe('The number, masked.'),
  country: z.string().nullable().describe('Of the number (ISO 3166-1 alpha-2).'),
  range: z.string().nullable().describe('What the numbers of its block begin with, for example `+49151123`.'),
  network: z.string().nullable().describe('The smallest network of whoever asked, where it is known.'),
  decision: z.enum(['check', 'refuse']).describe('Whether a human check was asked for, or nothing was sent.'),
  isEnforced: z.boolean().describe('False where it was recorded only.'),
  reasons: reasonsSchema.describe('The figures behind it.'),
  times: z
    .int()
    .describe(
      'How many decisions it stands for. Of an hour, 250 are kept one by one, and 20 of a network (/24, IPv6 /48); the rest are counted in rows that networks share, each of the last of them.',
    ),
});

type Deps = Pick<Services, 'store' | 'platform' | 'secretKeys'>;

/** `GET /api/protection/decisions` */
export function getDecisions(app: AppInstance, deps: Deps): void {
  app.get(
    '/protection/decisions',
    {
      // Numbers are masked where they are kept, and ranges are nobody's; viewers get the one without the end of the other.
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'List what the guard decided',
        description: `Every decision other than to let a send go, with its reasons, of 90 days; those that are too many in an hour are counted together.\n\n${aboutPages}`,
        querystring: longListQuery.extend({
          country: countryCode.optional(),
          decision: decisionSchema.shape.decision.optional(),
          isEnforced: z
            .enum(['true', 'false'])
            .transform((text) => text === 'true')
            .optional(),
          range: z
            .string()
            .regex(/^\+\d{1,15}$/)
            .optional()
            .describe('What ranges begin with.'),
          network: z.string().max(64).optional(),
        }),
        response: {
          200: z.array(decisionSchema),
          ...errorResponses('request.too_broad', 'system.too_many_reads'),
        },
      },
    },
    (request, reply) => {
      const { country, decision, isEnforced, range, network, from, until } = request.query;
      const filter = { country, decision, isEnforced, range, network, from, until };
      const describe = seesNumbers(request) ? describeDecision : withoutEnd;
      return answerLongList(request, reply, deps, {
        table: 'guard_decisions',
        columns: Object.keys(decisionSchema.shape),
        page: async (page) => {
          const { rows, ...extent } = await listDecisions(deps.store, filter, page, deps.platform.now);
          return { ...extent, entries: rows.map(describe) };
        },
        async *every(start) {
          for await (const rows of everyDecision(deps.store, filter, start)) yield rows.map(describe);
        },
      });
    },
  );
}

const describeDecision = ({
  id,
  at,
  recipient,
  country,
  block,
  network,
  decision,
  is_enforced,
  reasons,
  times,
}: GuardDecisionsTable) => ({
  ...{ id, at, recipient, country, range: block ?? null, network, decision },
  isEnforced: is_enforced === 1,
  // Those that were kept by an older version have the number in them.
  reasons: (JSON.parse(reasons) as Reason[]).map((reason) => ({ ...reason, scope: maskedScope(reason.scope) })),
  times,
});

/** Beside its range, the last digits of a masked number would leave a hundred that it can be. */
function withoutEnd(row: GuardDecisionsTable) {
  const cut = (masked: string) => masked.replace(/(•) \d+$/, '$1');
  const { recipient, reasons, ...decision } = describeDecision(row);
  const cutReasons = reasons.map((reason) => ({ ...reason, scope: cut(reason.scope) }));
  return { ...decision, recipient: cut(recipient), reasons: cutReasons };
}
