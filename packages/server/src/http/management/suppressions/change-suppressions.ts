import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import { keyMeant } from '../../../messaging/recipient.ts';
import { onOneLine } from '../../../plain-text.ts';
import { newShortId, type Platform } from '../../../platform.ts';
import type { Store } from '../../../store/store.ts';
import { addSuppression, deleteSuppression, findSuppression } from '../../../store/suppressions.ts';
import type { AppInstance } from '../../app-instance.ts';
import { emailSchema, errorResponses, noContent } from '../../schemas.ts';
import { describe, suppressionSchema, tags } from './suppression-schemas.ts';

/** What whoever asks for a code is answered, as if a provider had refused the address. */
const refusal = { kind: 'recipient', message: 'No mail is sent to this address.' };

/** `POST /api/suppressions` and `DELETE /api/suppressions/:email` */
export function changeSuppressions(
  app: AppInstance,
  { store, platform }: { store: Store; platform: Pick<Platform, 'now' | 'randomBytes'> },
): void {
  app.post(
    '/suppressions',
    {
      config: { role: 'operator', scope: 'users', audit: { action: 'suppression.add', subject: 'suppression' } },
      schema: {
        tags,
        summary: 'Keep mail from an address',
        description: 'What keeps mail from it already stays as it is.',
        body: z.object({
          email: emailSchema,
          reason: z
            .string()
            .trim()
            .max(256)
            .regex(...onOneLine)
            .optional()
            .describe('Why, for other administrators. Nobody else is told.'),
        }),
        response: { 200: suppressionSchema, ...errorResponses('entity.not_found') },
      },
    },
    async ({ body: { email, reason } }) => {
      await addSuppression(store, {
        id: newShortId(platform, 20),
        recipient: email.key,
        error: JSON.stringify({ ...refusal, ...(reason && { reason }) }),
        message_id: null,
        created_at: platform.now(),
      });
      const kept = await findSuppression(store, email.key);
      // Somebody else may have lifted it in between.
      if (!kept) throw new ApiError('entity.not_found');
      return describe(kept);
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
      if (!(await deleteSuppression(store, keyMeant(params.email)))) throw new ApiError('entity.not_found');
      return reply.code(204).send(null);
    },
  );
}
