import type { DevelopmentInbox } from '@sesame/connector-development-inbox';
import { z } from 'zod';
import type { Connectors } from '../../../connectors/connectors.ts';
import { developmentInboxId } from '../../../connectors/factories.ts';
import { ApiError } from '../../../errors.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, phoneSchema } from '../../schemas.ts';

/** `GET /api/development-inbox` */
export function getDevelopmentInbox(
  app: AppInstance,
  { connectors, inbox }: { connectors: Connectors; inbox: DevelopmentInbox },
): void {
  app.get(
    '/development-inbox',
    {
      schema: {
        tags: ['Development inbox'],
        summary: 'List what the development inbox holds, newest first',
        description: 'Answers 404 whenever the development inbox is not the live connector.',
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
    async ({ query }) => {
      const live = await connectors.allLive();
      if (!live.some(({ row }) => row.factory_id === developmentInboxId)) throw new ApiError('entity.not_found');
      return inbox
        .messages(query.phone?.e164)
        .map((message) => ({ ...message, code: message.code ?? null, locale: message.locale ?? null }));
    },
  );
}
