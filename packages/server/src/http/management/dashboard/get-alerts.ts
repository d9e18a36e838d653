import { channels } from '@sesame/connector-kit';
import { z } from 'zod';
import type { Alerts } from '../../../messaging/alerts/alerts.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';

const common = {
  id: z.string().describe('The same as long as it lasts.'),
  since: z.int().describe('Milliseconds since the epoch.'),
};
const share = z.object({
  sent: z.int().describe('Messages that the provider took.'),
  share: z.number().describe('How many of them, from 0 to 1.'),
});
const comparison = z.object({ now: share, usual: share.describe('In the week before.') });

const alert = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('connector'),
      ...common,
      channel: z.enum(channels),
      connectorId: z.string().nullable(),
      connectorFactoryId: z.string().nullable(),
      error: z.object({ code: z.unknown(), kind: z.unknown(), providerCode: z.unknown() }),
      countries: z.array(z.string().nullable()),
      messages: z.int(),
      people: z.int(),
    })
    .describe('The provider refuses messages: `GET /api/dashboard/failures` says more.'),
  z
    .object({
      kind: z.literal('country'),
      ...common,
      country: z.string().describe('ISO 3166-1 alpha-2.'),
      dropped: z.array(z.enum(['conversion', 'delivery'])),
      conversion: comparison.describe('Codes that were typed in.'),
      delivery: comparison.describe('Messages that arrived, by what the provider says or by their code.'),
    })
    .describe(
      'Messages to a country come to less than half of what they do in its own week: of the last hour, or six, or day, whichever has enough messages to tell.',
    ),
  z
    .object({ kind: z.literal('backlog'), ...common, waiting: z.int() })
    .describe('Messages wait for their provider for half a minute and longer.'),
  z
    .object({
      kind: z.literal('webhook'),
      ...common,
      hookId: z.string(),
      name: z.string(),
      enabled: z.boolean().describe('Whether it is switched on.'),
      waiting: z.int(),
      givenUp: z.int().describe('Events of the last day that are not tried again, as too many waited, or too long.'),
    })
    .describe('A webhook has not taken an event for an hour and longer, or events for it are not tried again.'),
]);

/** `GET /api/dashboard/alerts` */
export function getAlerts(app: AppInstance, { alerts }: { alerts: Alerts }): void {
  app.get(
    '/dashboard/alerts',
    {
      config: { role: 'viewer', scope: 'read' },
      schema: {
        tags: ['Dashboard'],
        summary: 'What somebody has to look after now',
        description:
          'As of the last minute. Webhooks that listen to `Connector.Failing` are told of each, and again each day while it lasts.',
        response: { 200: z.object({ alerts: z.array(alert) }), ...errorResponses('system.too_many_reads') },
      },
    },
    async () => ({ alerts: (await alerts.current()) as z.output<typeof alert>[] }),
  );
}
