import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { tags, userParams } from './user-schemas.ts';
import { signInDescriber, signInReply } from './user-sign-ins.ts';

const deviceReply = z.object({ id: z.string(), lastSignIn: signInReply });

/** `GET /api/users/:userId/devices`, and `DELETE` of one. */
export function userDevices(app: AppInstance, deps: Pick<Services, 'users' | 'signIns' | 'applications'>): void {
  const { users, signIns } = deps;
  app.get(
    '/users/:userId/devices',
    {
      config: { role: 'viewer', scope: 'users:read' },
      schema: {
        tags,
        summary: 'List the browsers that are known to a user',
        description:
          'A browser that has signed in is known for 180 days: what strangers do wrong does not lock it out. The hundred latest.',
        params: userParams,
        response: { 200: z.array(deviceReply), ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { userId } }) => {
      await users.get(userId);
      const describe = signInDescriber(deps);
      const devices = await signIns.devices(userId);
      return Promise.all(devices.map(async ({ id, lastSignIn }) => ({ id, lastSignIn: await describe(lastSignIn) })));
    },
  );
  app.delete(
    '/users/:userId/devices/:deviceId',
    {
      config: {
        role: 'operator',
        scope: 'users',
        audit: { action: 'user.forget-device', subject: 'user', part: 'devices' },
      },
      schema: {
        tags,
        summary: 'Forget a browser of a user',
        description: 'It counts as a stranger from now on. It stays signed in; end its session for that.',
        params: userParams.extend({ deviceId: z.string().min(1).max(64) }),
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { userId, deviceId } }, reply) => {
      if (!(await signIns.forgetDevice(userId, deviceId))) throw new ApiError('entity.not_found');
      return reply.code(204).send(null);
    },
  );
}
