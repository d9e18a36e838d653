import type { DevelopmentInbox } from '@sesame/connector-development-inbox';
import { z } from 'zod';
import type { Connectors } from '../../../connectors/connectors.ts';
import { developmentInboxId } from '../../../connectors/factories.ts';
import { ApiError } from '../../../errors.ts';
import type { AppInstance } from '../../app-instance.ts';
import { seesNumbers, takeRole } from '../../roles.ts';
import { errorResponses, phoneSchema } from '../../schemas.ts';

/** `GET /api/development-inbox` */
export function getDevelopmentInbox(
  app: AppInstance,
  { connectors, inbox }: { connectors: Connectors; inbox: DevelopmentInbox },
): void {
  app.get(
    '/development-inbox',
    {
      config: { role: 'viewer', scope: 'all' },
      schema: {
        tags: ['Development inbox'],
        summary: 'List what the development inbox holds, newest first',
        description:
          'Answers 404 whenever the development inbox is not the live connector. Viewers see neither codes nor whole numbers, and `phone` takes an operator.',
        querystring: z.object({ phone: phoneSchema.optional() }),
        response: {
          200: z.array(
            z.object({
              id: z.string(),
              phone: z.string(),
              usageType: z.string(),
              text: z.string(),
              code: z.string().nullable(),
              locale: z.string().nullable(),
              createdAt: z.string(),
            }),
          ),
          ...errorResponses('entity.not_found'),
        },
      },
    },
    async (request) => {
      const { query } = request;
      if (query.phone) takeRole(request, 'operator');
      const live = await connectors.allLive();
      if (!live.some(({ row }) => row.factory_id === developmentInboxId)) throw new ApiError('entity.not_found');
      const show = seesNumbers(request) ? (message: InboxMessage) => message : withoutCode;
      return inbox
        .messages(query.phone?.e164)
        .map(show)
        .map((message) => ({ ...message, code: message.code || null, locale: message.locale ?? null }));
    },
  );
}

type InboxMessage = ReturnType<DevelopmentInbox['messages']>[number];

/** As a viewer sees it: whoever has a code can sign in as somebody else. */
const withoutCode = ({ text, ...message }: InboxMessage): InboxMessage => ({
  ...message,
  code: '',
  text: text.replaceAll(/\d/g, '*'),
});
