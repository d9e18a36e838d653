import type { ParsedEmail, ParsedPhone } from '@sesame/connector-kit';
import { z } from 'zod';
import type { ConnectorConfig } from '../../../connectors/connector-factory.ts';
import { brandName } from '../../../experience/sign-in-experience.ts';
import type { Recipient } from '../../../messaging/recipient.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { askerOf } from '../../caller.ts';
import { errorResponses, localeSchema, noContent, recipientIn, toOneRecipient } from '../../schemas.ts';
import { whileAllowed } from '../../while-allowed.ts';
import { configSchema, tags } from './connector-schemas.ts';

/** `POST /api/connectors/:factoryId/test` */
export function testConnector(
  app: AppInstance,
  { messaging, experience, store }: Pick<Services, 'messaging' | 'experience' | 'store'>,
) {
  app.post(
    '/connectors/:factoryId/test',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'connector.test', subject: 'connector-factory', details: ['usageType', 'locale'] },
        check: (
          { config, ...to }: { phone?: ParsedPhone; email?: ParsedEmail; config?: ConnectorConfig },
          { params },
        ) =>
          messaging.testRefusals((params as { factoryId: string }).factoryId, {
            config,
            recipient: recipientIn(to),
          }),
      },
      schema: {
        tags,
        summary: 'Send a test message with a configuration that need not be saved',
        description:
          'To a `phone`, or to an `email` where the connector sends mails. A real message with the code 000000; the variable `application.name` of templates is the name of the brand. With `Prefer: return=representation` the reply says what was sent.',
        params: z.object({ factoryId: z.string() }),
        headers: z.object({ prefer: z.string().optional() }),
        body: toOneRecipient({
          config: configSchema.default({}),
          locale: localeSchema.optional(),
          usageType: z.string().min(1).max(64).default('Generic'),
        }),
        response: {
          200: z.object({
            messageId: z.string(),
            providerMessageId: z.string().nullable(),
            text: z.string().nullable().describe('The text as sent, where it is ours rather than the provider’s.'),
            headers: z
              .array(z.object({ name: z.string(), value: z.string() }))
              .nullable()
              .describe(
                'Those of a mail: as they were sent, or as the provider was given them; null where nobody knows them.',
              ),
            segments: z.int().nullable().describe('How many SMS the text takes; null for a mail.'),
            latencyMs: z.int(),
          }),
          204: noContent,
          ...errorResponses(
            'phone.cannot_receive_sms',
            'connector.not_found_with_connector_id',
            'connector.unexpected_type',
            'connector.invalid_config',
            'connector.template_not_found',
            'connector.rate_limit_exceeded',
            'connector.general',
            'connector.invalid_response',
          ),
        },
      },
    },
    async (request, reply) => {
      const { params, body, headers } = request;
      const application = brandName(await experience.read());
      const { locale: locales = [], phone: _, email: __, ...test } = body;
      const recipient = recipientIn(body) as Recipient;
      const { factoryId } = params;
      const asked = JSON.stringify(askerOf(request.caller));
      const result = await whileAllowed(store, request, reply, (still) =>
        messaging.test({ ...test, recipient, locales, application, asked, factoryId, still }),
      );
      if (/\breturn=representation\b/.test(headers.prefer ?? '')) return result;
      return reply.code(204).send(null);
    },
  );
}
