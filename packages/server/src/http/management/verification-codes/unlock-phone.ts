import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import { recipientOfPhone } from '../../../messaging/recipient.ts';
import type { Verification } from '../../../verification/verification.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent, phoneSchema } from '../../schemas.ts';

/** `POST /api/verification-codes/unlock` */
export function unlockPhone(app: AppInstance, { verification }: { verification: Verification }): void {
  app.post(
    '/verification-codes/unlock',
    {
      config: { role: 'operator', scope: 'users', audit: { action: 'phone.unlock', subject: 'phone' } },
      schema: {
        tags: ['Verification codes'],
        summary: 'Unlock a phone number after too many wrong codes',
        description: 'Wrong codes are counted per number across codes; a hundred in a row lock it.',
        body: z.object({ phone: phoneSchema }),
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ body }, reply) => {
      if (!(await verification.unlock(recipientOfPhone(body.phone)))) throw new ApiError('entity.not_found');
      return reply.code(204).send(null);
    },
  );
}
