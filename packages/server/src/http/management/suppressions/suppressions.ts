import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import type { SuppressionsTable } from '../../../store/schema.ts';
import type { Store } from '../../../store/store.ts';
import { deleteSuppression, findSuppression, listSuppressions } from '../../../store/suppressions.ts';
import type { AppInstance } from '../../app-instance.ts';
import { takeRole } from '../../roles.ts';
import { emailSchema, errorResponses, noContent } from '../../schemas.ts';

const most = 1_000;

const suppressionSchema = z.object({
  email: z.string(),
  error: z.record(z.string(), z.unknown()).describe('What the provider said, as `error` of a message.'),
  messageId: z.string().describe('The mail that it refused.'),
  createdAt: z.int(),
});

const tags = ['Suppressions'];

/** `GET /api/suppressions` and `DELETE /api/suppressions/:email` */
export function suppressions(app: AppInstance, { store }: { store: Store }): void {
  app.get(
    '/suppressions',
    {
      config: { role: 'viewer', scope: 'read' },
      schema: {
        tags,
        summary: 'List the addresses that get no mail any more',
        description: `The provider said that there is no such mailbox; further mails are recorded as \`suppressed\` and not sent. The newest ${most}, or the one of \`email\`, which takes an operator. Viewers see masked addresses.`,
        querystring: z.object({ email: emailSchema.optional() }),
        response: { 200: z.array(suppressionSchema), ...errorResponses() },
      },
    },
    async (request) => {
      const { email } = request.query;
      if (!email) return (await listSuppressions(store, most)).map(describe);
      takeRole(request, 'operator');
      const found = await findSuppression(store, email.key);
      return found ? [describe(found)] : [];
    },
  );
  app.delete(
    '/suppressions/:email',
    {
      config: { role: 'operator', scope: 'users', audit: { action: 'suppression.lift', subject: 'suppression' } },
      schema: {
        tags,
        summary: 'Let mail go to an address again',
        params: z.object({ email: z.string().max(320) }),
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params }, reply) => {
      if (!(await deleteSuppression(store, params.email.toLowerCase()))) throw new ApiError('entity.not_found');
      return reply.code(204).send(null);
    },
  );
}

const describe = ({ recipient, error, message_id, created_at }: SuppressionsTable) => ({
  email: recipient,
  error: JSON.parse(error) as Record<string, unknown>,
  messageId: message_id,
  createdAt: created_at,
});
