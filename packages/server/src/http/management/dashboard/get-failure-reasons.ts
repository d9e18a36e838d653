import { z } from 'zod';
import type { Platform } from '../../../platform.ts';
import { listUntaken, type UntakenMessage } from '../../../store/failing-messages.ts';
import type { Store } from '../../../store/store.ts';
import type { AppInstance } from '../../app-instance.ts';
import { maskNumbers } from '../../mask-numbers.ts';
import { errorResponses } from '../../schemas.ts';
import { dayMs } from './local-days.ts';

const reason = z.object({
  outcome: z.enum(['failed', 'unclear', 'undelivered']),
  connectorFactoryId: z.string().nullable().describe('`null` where no connector was set up.'),
  error: z
    .record(z.string(), z.unknown())
    .describe('What went wrong with the newest message, as `GET /api/messages` has it, without numbers and addresses.'),
  messages: z.int().describe('How many messages came to that.'),
  last: z.int().describe('When the last of them was asked for, in milliseconds since the epoch.'),
});

const defaultDays = 30;
const maxCounted = 5_000;
const time = z.coerce.number().int().min(0).max(8_640_000_000_000_000);

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
          'The messages of a time that failed, stayed unclear or were not delivered, and whose code was not entered, by reason, the most frequent first; test messages are left out.',
        querystring: z.object({
          from: time
            .optional()
            .describe(`Milliseconds since the epoch; by default ${defaultDays} days before \`until\`.`),
          until: time.optional().describe('Not included; by default now.'),
        }),
        response: {
          200: z.object({
            reasons: z.array(reason),
            isMore: z.boolean().describe(`Whether only the newest ${maxCounted} of these messages were counted.`),
          }),
          ...errorResponses('system.too_many_reads'),
        },
      },
    },
    async ({ query }) => {
      const until = query.until ?? platform.now();
      const from = query.from ?? Math.max(0, until - defaultDays * dayMs);
      const found = await listUntaken(store, { from, until, limit: maxCounted });
      const reasons = [...Map.groupBy(found, reasonOf).values()]
        .map(describe)
        .toSorted((one, other) => other.messages - one.messages);
      return {
        reasons: JSON.parse(maskNumbers(JSON.stringify(reasons), true)) as z.output<typeof reason>[],
        isMore: found.length === maxCounted,
      };
    },
  );
}

const errorOf = ({ error }: UntakenMessage) => JSON.parse(error ?? '{}') as Record<string, unknown>;

function reasonOf(message: UntakenMessage): string {
  const { code, kind, providerCode, status, isUnsent } = errorOf(message);
  return JSON.stringify([message.state, message.factory_id, code, kind, providerCode, status, isUnsent]);
}

/** @param messages newest first, at least one */
function describe(messages: UntakenMessage[]) {
  const newest = messages[0] as UntakenMessage;
  return {
    outcome: newest.state as z.output<typeof reason>['outcome'],
    connectorFactoryId: newest.factory_id,
    error: errorOf(newest),
    messages: messages.length,
    last: newest.created_at,
  };
}
