import { z } from 'zod';
import { mayHoldPhone } from '../../../accounts/user-search.ts';
import type { Users } from '../../../accounts/users.ts';
import type { AppInstance } from '../../app-instance.ts';
import { describePages, sliceOf } from '../../paging.ts';
import { seesNumbers, takeRole } from '../../roles.ts';
import { errorResponses } from '../../schemas.ts';
import { digestAudit, digestQuery } from './digest-query.ts';
import { searchOf, usersQuery } from './search-query.ts';
import { tags, userReply } from './user-schemas.ts';

/** `GET /api/users` */
export function listUsers(app: AppInstance, { users }: { users: Users }): void {
  app.get(
    '/users',
    {
      config: { role: 'viewer', audit: digestAudit },
      schema: {
        tags,
        summary: 'List users',
        description:
          'A page of the users, newest first. `Total-Number` says how many there are in all, `Link` where the other pages are. A search counts up to 10,000 and says with `Total-Number-Is-Capped` that there are more.\n\n`search` without `%` finds users whose username, name, last name or phone number starts with it. With `%`, and in one field (`search.name`), it is a pattern: `%` stands for any characters, `_` for one, `\\` before them for themselves. The beginning of a username, a name or a number is found by an index; a pattern that begins with `%` looks through all users. For viewers numbers are masked, and a search does not look at them, nor for digits in names, usernames and parts of ids.',
        querystring: usersQuery.extend(digestQuery),
        response: { 200: z.array(userReply).describe('The users of the page.'), ...errorResponses() },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const search = searchOf(query, { findsPhones: seesNumbers(request) });
      for (const { field, values } of search?.conditions ?? []) {
        if (field && mayHoldPhone(field, values.join(''))) takeRole(request, 'operator');
      }
      if (query.includePasswordHash) takeRole(request, 'owner');
      const listed = await users.list(search, sliceOf(query), { withDigests: query.includePasswordHash });
      describePages(request, reply, listed);
      return listed.users;
    },
  );
}
