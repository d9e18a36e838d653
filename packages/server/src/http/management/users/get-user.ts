import { z } from 'zod';
import type { Users } from '../../../accounts/users.ts';
import type { AppInstance } from '../../app-instance.ts';
import { yesOrNo } from '../../query-values.ts';
import { takeRole } from '../../roles.ts';
import { errorResponses } from '../../schemas.ts';
import { digestAudit, digestQuery } from './digest-query.ts';
import { tags, userParams, userReply } from './user-schemas.ts';

/** `GET /api/users/:userId` */
export function getUser(app: AppInstance, { users }: { users: Users }): void {
  app.get(
    '/users/:userId',
    {
      config: { role: 'viewer', scope: 'users:read', audit: digestAudit },
      schema: {
        tags,
        summary: 'Get a user',
        description: 'The user with this id.',
        params: userParams,
        querystring: z.object({
          ...digestQuery,
          includeSsoIdentities: yesOrNo.describe('Whether to show `ssoIdentities`, of which there are none here.'),
        }),
        response: { 200: userReply, ...errorResponses('entity.not_found') },
      },
    },
    async (request) => {
      const { userId } = request.params;
      const { includePasswordHash, includeSsoIdentities } = request.query;
      if (includePasswordHash) takeRole(request, 'owner');
      const user = await (includePasswordHash ? users.getWithDigest(userId) : users.get(userId));
      return { ...user, ...(includeSsoIdentities && { ssoIdentities: [] }) };
    },
  );
}
