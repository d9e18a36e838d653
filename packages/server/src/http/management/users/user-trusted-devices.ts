import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { deviceOf } from '../../pages/account/device.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { toTrustedDeviceReply, trustedDeviceReply } from '../../trusted-device-reply.ts';
import { tags, userParams } from './user-schemas.ts';
import { signInReply } from './user-sign-ins.ts';

/** `GET /api/users/:userId/trusted-devices`, and `DELETE` of one. */
export function userTrustedDevices(
  app: AppInstance,
  { users, trustedDevices }: Pick<Services, 'users' | 'trustedDevices'>,
): void {
  app.get(
    '/users/:userId/trusted-devices',
    {
      config: { role: 'viewer', scope: 'users:read' },
      schema: {
        tags,
        summary: 'List the browsers that a user trusts',
        description:
          'In these no second code is asked for, see `trustedDevicePolicy` of the sign-in experience. The latest first, a hundred at most; none while the policy is off.',
        params: userParams,
        response: {
          200: z.array(
            trustedDeviceReply.extend({
              browser: signInReply.shape.browser,
              system: signInReply.shape.system,
            }),
          ),
          ...errorResponses('entity.not_found'),
        },
      },
    },
    async ({ params: { userId } }) => {
      await users.get(userId);
      const devices = await trustedDevices.list(userId);
      return devices.map((device) => ({ ...toTrustedDeviceReply(device), ...deviceOf(device.userAgent ?? '') }));
    },
  );
  app.delete(
    '/users/:userId/trusted-devices/:trustedDeviceId',
    {
      config: {
        role: 'operator',
        scope: 'users',
        audit: { action: 'user.end-trusted-device', subject: 'user', part: 'trusted-devices' },
      },
      schema: {
        tags,
        summary: 'Trust a browser of a user no more',
        description:
          'A second code is asked for there at the next sign-in. It stays signed in; end its session for that.',
        params: userParams.extend({ trustedDeviceId: z.string().min(1).max(64) }),
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { userId, trustedDeviceId } }, reply) => {
      if (!(await trustedDevices.end(userId, trustedDeviceId))) throw new ApiError('entity.not_found');
      return reply.code(204).send(null);
    },
  );
}
