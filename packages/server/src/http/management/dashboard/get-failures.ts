import { channels } from '@sesame/connector-kit';
import { z } from 'zod';
import type { Connectors } from '../../../connectors/connectors.ts';
import { findFailing } from '../../../messaging/failing.ts';
import type { Platform } from '../../../platform.ts';
import type { Store } from '../../../store/store.ts';
import type { AppInstance } from '../../app-instance.ts';
import { maskNumbers } from '../../mask-numbers.ts';
import { errorResponses } from '../../schemas.ts';

const reason = z.object({
  id: z.string().describe('`GET /api/messages?failing=…` finds the messages that are counted here by it.'),
  channel: z.enum(channels),
  connectorId: z.string().nullable().describe('`null` where no connector was set up.'),
  connectorFactoryId: z.string().nullable(),
  state: z.enum(['failed', 'unclear', 'undelivered']),
  error: z
    .record(z.string(), z.unknown())
    .describe(
      'What went wrong with the newest message, as `GET /api/messages` has it, without phone numbers and addresses.',
    ),
  countries: z
    .array(z.string().nullable())
    .describe('Where to (ISO 3166-1 alpha-2), most hit first; `null` for numbers without a country; none for mails.'),
  messages: z.int().describe('How many messages failed so.'),
  people: z.int().describe('To how many different numbers or addresses.'),
  since: z.int().describe('When the first of them failed, in milliseconds since the epoch.'),
  last: z.int().describe('When the last of them failed.'),
});

type Deps = { store: Store; connectors: Connectors; platform: Platform };

/** `GET /api/dashboard/failures` */
export function getFailures(app: AppInstance, deps: Deps): void {
  app.get(
    '/dashboard/failures',
    {
      config: { role: 'viewer', scope: 'read' },
      schema: {
        tags: ['Dashboard'],
        summary: 'Why messages fail now',
        description:
          'The failures of the last seven days since the live connector of the channel last brought a message of their usage type to their country to the provider, by reason, the most frequent first; with those that the provider took and then reported as refused for the settings or the account, until one arrives. Tests and what is wrong with single numbers and addresses are left out. Nothing is in the list while messages get through.',
        response: {
          200: z.object({
            reasons: z.array(reason),
            isMore: z
              .boolean()
              .describe(
                'Whether only the newest 2,000 failures, or the 20 countries and usage types with the most of them, were looked at.',
              ),
          }),
          ...errorResponses('system.too_many_reads'),
        },
      },
    },
    async () => {
      const { reasons, isMore } = await findFailing(deps);
      return { reasons: JSON.parse(maskNumbers(JSON.stringify(reasons), true)) as z.output<typeof reason>[], isMore };
    },
  );
}
