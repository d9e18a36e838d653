import { z } from 'zod';
import { mayHoldPhone } from '../../../accounts/user-search.ts';
import type { Users } from '../../../accounts/users.ts';
import type { Platform } from '../../../platform.ts';
import type { SecretKeys } from '../../../secrets/secret-keys.ts';
import type { AppInstance } from '../../app-instance.ts';
import { aboutPages, answerLongList } from '../../long-lists/long-list.ts';
import { seesNumbers, takeRole } from '../../roles.ts';
import { errorResponses } from '../../schemas.ts';
import { digestAudit, digestQuery } from './digest-query.ts';
import { orderOf, searchOf, usersQuery } from './search-query.ts';
import { tags, userReply } from './user-schemas.ts';

/** `GET /api/users` */
export function listUsers(app: AppInstance, deps: { users: Users; secretKeys: SecretKeys; platform: Platform }): void {
  const { users } = deps;
  app.get(
    '/users',
    {
      config: { role: 'viewer', scope: 'users:read', audit: digestAudit },
      schema: {
        tags,
        summary: 'List users',
        description: `\`search\` without \`%\` (or with \`\\\\%\` for a percent sign) finds users whose username, name, last name or email address starts with it, or the domain of that (from four letters on, or after @); whose name has its words in another order, each by its beginning, of which one at least is the first or the last word of the name; whose phone number starts with it, with or without the country code, or ends with it (from four digits on), written as at home or in any other way; or whose id starts with it (from four characters on). With \`%\`, and in one field (\`search.name\`), it is a pattern: \`%\` stands for any characters, \`_\` for one, \`\\\` before them for themselves. All of the first, and the beginning of a pattern, is found by an index; a pattern that begins with \`%\` looks through all users. For viewers numbers and addresses are masked, and a search does not look at them, nor for digits in names, usernames and parts of ids; nor do they get an order by anything but times.\n\n${aboutPages}`,
        querystring: usersQuery.extend(digestQuery),
        response: {
          200: z.array(userReply).describe('The users of the page.'),
          ...errorResponses('request.too_broad', 'system.too_many_reads'),
        },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const search = searchOf(query, { findsPhones: seesNumbers(request) });
      for (const { field, values } of search?.conditions ?? []) {
        if (field && mayHoldPhone(field, values.join(''))) takeRole(request, 'operator');
      }
      const order = orderOf(query.sort);
      // Names may be numbers: where one stands among names that one chooses oneself tells it, digit by digit.
      if (order && order.by !== 'lastSignInAt') takeRole(request, 'operator');
      if (query.includePasswordHash) takeRole(request, 'owner');
      const { from, until, isSuspended, includePasswordHash: withDigests } = query;
      const options = { from, until, isSuspended, withDigests, order: order?.by };
      return answerLongList(request, reply, deps, {
        table: 'users',
        order,
        columns: columnsOf(withDigests),
        async page(page) {
          const { users: entries, ...listed } = await users.list(search, page, options);
          return { ...listed, entries };
        },
        every: (start) => users.every(search, start, options),
      });
    },
  );
}

const digests = ['passwordDigest', 'passwordAlgorithm'];

const columnsOf = (withDigests: boolean) =>
  Object.keys(userReply.shape).filter((name) => name !== 'ssoIdentities' && (withDigests || !digests.includes(name)));
