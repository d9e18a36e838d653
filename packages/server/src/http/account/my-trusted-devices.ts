import { z } from 'zod';
import { ApiError } from '../../errors.ts';
import type { AppInstance } from '../app-instance.ts';
import { errorResponses, noContent } from '../schemas.ts';
import { toTrustedDeviceReply, trustedDeviceReply } from '../trusted-device-reply.ts';
import { type AccountDeps, accountRequestOf, tags } from './account-request.ts';

const path = '/my-account/trusted-devices';

/** `GET /api/my-account/trusted-devices`, and `DELETE` of one. */
export function myTrustedDevices(app: AppInstance, { account }: AccountDeps): void {
  app.get(
    path,
    {
      schema: {
        tags,
        summary: 'List the browsers that the account trusts',
        description:
          'In these no second code is asked for. The latest first, a hundred at most. Takes the scope `urn:logto:scope:trusted_devices`.',
        response: {
          200: z.array(
            trustedDeviceReply.extend({
              isCurrent: z.boolean().describe('Whether it is the one that sends the request, with its cookies.'),
            }),
          ),
          ...errorResponses('account_center.field_not_enabled'),
        },
      },
    },
    async (request) => {
      const devices = await account.trustedDevices.list(accountRequestOf(request));
      return devices.map(({ isCurrent, ...device }) => ({ ...toTrustedDeviceReply(device), isCurrent }));
    },
  );
  app.delete(
    `${path}/:trustedDeviceId`,
    {
      schema: {
        tags,
        summary: 'Trust a browser of the account no more',
        description:
          'Takes the scope `urn:logto:scope:trusted_devices`; no verification of the person, since more is asked for afterwards.',
        params: z.object({ trustedDeviceId: z.string().min(1).max(64) }),
        response: {
          204: noContent,
          ...errorResponses('account_center.field_not_editable', 'request.sign_in_rate_limited', 'entity.not_found'),
        },
      },
    },
    async (request, reply) => {
      const { trustedDeviceId } = request.params;
      if (!(await account.trustedDevices.end(accountRequestOf(request), trustedDeviceId))) {
        throw new ApiError('entity.not_found');
      }
      return reply.code(204).send(null);
    },
  );
}
