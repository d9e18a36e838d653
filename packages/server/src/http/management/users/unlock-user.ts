import { recipientsOf } from '../../../accounts/user-record.ts';
import { keyed } from '../../../messaging/recipient.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { tags, userParams } from './user-schemas.ts';

type Deps = Pick<Services, 'users' | 'signIns' | 'verification' | 'passwordLocks' | 'secondLocks'>;

/** `POST /api/users/:userId/unlock` */
export function unlockUser(app: AppInstance, deps: Deps): void {
  const { users, signIns, verification, passwordLocks, secondLocks } = deps;
  app.post(
    '/users/:userId/unlock',
    {
      config: {
        role: 'operator',
        scope: 'users',
        audit: { action: 'user.unlock', subject: 'user', part: 'locks' },
      },
      schema: {
        tags,
        summary: 'Unlock a user after too many wrong codes and passwords',
        description:
          'Forgets the wrong passwords at the account and at each of its names, the wrong codes of its numbers and addresses, those of the authenticator app, and wrong backup codes.',
        params: userParams,
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { userId } }, reply) => {
      const user = await users.get(userId);
      const devices = (await signIns.devices(userId)).map(({ id }) => id);
      await passwordLocks.lift(user, devices);
      await secondLocks.lift(userId, devices);
      for (const recipient of recipientsOf(user)) await verification.unlock(keyed(recipient.toLowerCase()));
      return reply.code(204).send(null);
    },
  );
}
