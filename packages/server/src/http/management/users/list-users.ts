import { z } from 'zod';
import type { Users } from '../../../accounts/users.ts';
import type { AppInstance } from '../../app-instance.ts';
import { pagingQuery, setTotal } from '../../paging.ts';
import { seesNumbers } from '../../roles.ts';
import { errorResponses } from '../../schemas.ts';
import { tags, userReply } from './user-schemas.ts';

/** `GET /api/users` */
export function listUsers(app: AppInstance, { users }: { users: Users }): void {
  app.get(
    '/users',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'List users',
        description:
          'A page of the users, newest first; the header `Total-Number` says how many there are in all. A search finds users whose username, name, last name or phone number starts with it, up to 1,000 of each. For viewers numbers are masked, and a search does not look at them.',
        querystring: pagingQuery.extend({
          search: z
            .string()
            .max(256)
            .optional()
            .describe('Start of a username, name, last name or phone number, or an id. `%` at either end is ignored.'),
        }),
        response: { 200: z.array(userReply).describe('The users of the page.'), ...errorResponses() },
      },
    },
    async (request, reply) => {
      const { search, page, page_size: pageSize } = request.query;
      const listed = await users.list({ search, byPhone: seesNumbers(request), page, pageSize });
      setTotal(reply, listed.total);
      return listed.users;
    },
  );
}
