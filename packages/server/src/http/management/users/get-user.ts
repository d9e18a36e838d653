import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Users } from '../../../accounts/users.ts';
import type { AppInstance } from '../../app-instance.ts';
import { yesOrNo } from '../../query-values.ts';
import { takeRole } from '../../roles.ts';
import { errorResponses } from '../../schemas.ts';
import { tags, userParams, userReply } from './user-schemas.ts';

/** `GET /api/users/:userId` */
export function getUser(app: AppInstance, { users }: { users: Users }): void {
  app.get(
    '/users/:userId',
    {
      config: {
        role: 'viewer',
        audit: { action: 'user.read-password-hash', subject: 'user', when: asksForHash },
      },
      schema: {
        tags,
        summary: 'Get a user',
        description: 'The user with this id.',
        params: userParams,
        querystring: z.object({
          includePasswordHash: yesOrNo.describe(
            'Whether to show what is kept of the password, to move the user elsewhere. An administrator needs the role `owner`. The audit log says who asked.',
          ),
        }),
        response: { 200: userReply, ...errorResponses('entity.not_found') },
      },
    },
    (request) => {
      const { userId } = request.params;
      if (!request.query.includePasswordHash) return users.get(userId);
      takeRole(request, 'owner');
      return users.getWithDigest(userId);
    },
  );
}

const asksForHash = ({ query }: FastifyRequest) => (query as { includePasswordHash: boolean }).includePasswordHash;
