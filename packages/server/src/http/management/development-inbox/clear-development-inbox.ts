import type { DevelopmentInbox } from '@sesame/connector-development-inbox';
import type { Connectors } from '../../../connectors/connectors.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { requireInboxInUse } from './require-inbox-in-use.ts';

/** `DELETE /api/development-inbox` */
export function clearDevelopmentInbox(
  app: AppInstance,
  { connectors, inbox }: { connectors: Connectors; inbox: DevelopmentInbox },
): void {
  app.delete(
    '/development-inbox',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'development-inbox.clear', subject: 'development-inbox' },
      },
      schema: {
        tags: ['Development inbox'],
        summary: 'Empty the development inbox',
        description:
          'Forgets every message that it holds. Their codes stay good, and their records stay under `/api/messages`. Answers 404 whenever the development inbox is live neither for SMS nor for email.',
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async (_, reply) => {
      await requireInboxInUse(connectors);
      inbox.clear();
      return reply.code(204).send(null);
    },
  );
}
