import { z } from 'zod';
import type { Users } from '../../../accounts/users.ts';
import type { AppInstance } from '../../app-instance.ts';
import { pagingQuery, setTotal } from '../../paging.ts';
import { errorResponses } from '../../schemas.ts';
import { tags, userReply } from './user-schemas.ts';

/** `GET /api/users` */
export function listUsers(app: AppInstance, { users }: { users: Users }): void {
  app.get(
    '/users',
    {
      schema: {
        tags,
        summary: 'List users',
        description:
          'A page of the users, newest first; the header `Total-Number` says how many there are in all. A search finds users whose username, name, last name or phone number starts with it, up to 1,000 of each.',
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
    async ({ query: { search, page, page_size: pageSize } }, reply) => {
      const listed = await users.list({ search, page, pageSize });
      setTotal(reply, listed.total);
      return listed.users;
    },
  );
}
