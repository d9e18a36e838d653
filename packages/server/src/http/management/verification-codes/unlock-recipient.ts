import { ApiError } from '../../../errors.ts';
import type { Recipient } from '../../../messaging/recipient.ts';
import type { Verification } from '../../../verification/verification.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent, recipientIn, toOneRecipient } from '../../schemas.ts';

/** `POST /api/verification-codes/unlock` */
export function unlockRecipient(app: AppInstance, { verification }: { verification: Verification }): void {
  app.post(
    '/verification-codes/unlock',
    {
      config: {
        role: 'operator',
        scope: 'users',
        audit: {
          ...{ action: 'phone.unlock', subject: 'phone' },
          byEmail: { action: 'email.unlock', subject: 'email' },
        },
      },
      schema: {
        tags: ['Verification codes'],
        summary: 'Unlock a phone number or an email address after too many wrong codes',
        description:
          'Give either `phone` or `email`. Wrong codes are counted per number and per address across codes; a hundred in a row lock it.',
        body: toOneRecipient({}),
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ body }, reply) => {
      if (!(await verification.unlock(recipientIn(body) as Recipient))) throw new ApiError('entity.not_found');
      return reply.code(204).send(null);
    },
  );
}
