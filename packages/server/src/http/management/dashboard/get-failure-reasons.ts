import { z } from 'zod';
import { countFailureReasons } from '../../../messaging/figures.ts';
import type { Platform } from '../../../platform.ts';
import type { Store } from '../../../store/store.ts';
import type { AppInstance } from '../../app-instance.ts';
import { maskNumbers } from '../../mask-numbers.ts';
import { errorResponses } from '../../schemas.ts';
import { askedRange, rangeQuery } from './asked-range.ts';

const reason = z.object({
  outcome: z.enum(['failed', 'unclear', 'undelivered', 'suppressed']),
  connectorFactoryId: z.string().nullable().describe('`null` where no connector was set up.'),
  error: z
    .object({
      code: z.string().optional(),
      kind: z.string().optional().describe('`recipient`, `limit`, `configuration` or `unclear`.'),
      providerCode: z.string().optional().describe("The provider's own code."),
      message: z.string().optional().describe('The words of one of the messages.'),
      isUnsent: z.boolean().optional(),
    })
    .describe(
      'What went wrong, as `error` of `GET /api/messages` has it, without numbers and addresses. That finds the messages by `outcome`, `error`, `errorKind`, `providerCode` and `connectorFactoryId`, each `none` where it is not here, and `tests=false`.',
    ),
  messages: z.int().describe('How many messages came to that.'),
});

const maxReasons = 50;

/** `GET /api/dashboard/failure-reasons` */
export function getFailureReasons(app: AppInstance, { store, platform }: { store: Store; platform: Platform }): void {
  app.get(
    '/dashboard/failure-reasons',
    {
      config: { role: 'viewer', scope: 'read' },
      schema: {
        tags: ['Dashboard'],
        summary: 'Why messages did not arrive',
        description:
          'The messages of a time that failed, stayed unclear, were not delivered or were held back, and whose code was not entered, by reason, the most frequent first; test messages are left out.',
        querystring: z.object(rangeQuery),
        response: {
          200: z.object({
            reasons: z.array(reason),
            isMore: z.boolean().describe(`Whether there are more than these ${maxReasons} reasons.`),
          }),
          ...errorResponses('request.too_broad', 'system.too_many_reads'),
        },
      },
    },
    async ({ query }) => {
      const reasons = await countFailureReasons(store, askedRange(query, platform.now()));
      return {
        reasons: JSON.parse(maskNumbers(JSON.stringify(reasons.slice(0, maxReasons)), true)) as typeof reasons,
        isMore: reasons.length > maxReasons,
      };
    },
  );
}
