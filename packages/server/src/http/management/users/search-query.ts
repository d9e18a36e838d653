import { z } from 'zod';
import { searchFields, searchModes, type UserSearch } from '../../../accounts/user-search.ts';
import { type Sort, sorts } from '../../../store/listing.ts';
import { type UserOrder, userOrders } from '../../../store/users.ts';
import { longListQuery } from '../../long-lists/long-list.ts';
import { yesOrNo } from '../../query-values.ts';

const value = z.string().max(256);
const values = z.union([value, z.array(value).max(100)]).optional();
const noRegularExpressions =
  'is not served: no index helps it, and not every database has it. Use `like` with % and _, or `exact`.';
const mode = z
  .enum(searchModes, {
    error: ({ input }) =>
      input === 'similar_to' || input === 'posix'
        ? `Search match mode \`${input}\` ${noRegularExpressions}`
        : `Search match mode \`${input}\` is not valid, expect one of ${searchModes.join(', ')}.`,
  })
  .optional();
const joint = z
  .enum(['and', 'or'], { error: ({ input }) => `Search joint mode \`${input}\` is not valid, expect one of and, or.` })
  .optional();

/** By when users were made, or by a field of theirs. */
const userSorts = [...sorts, ...userOrders, ...userOrders.map((order) => `-${order}` as const)] as const;

/** The field that a list of users is in the order of; `undefined` where that is when they were made. */
export function orderOf(sort: (typeof userSorts)[number] | undefined): { by: UserOrder; sort: Sort } | undefined {
  const by = userOrders.find((order) => sort === order || sort === `-${order}`);
  return by && { by, sort: sort === by ? 'oldest' : 'newest' };
}

/** What `GET /api/users` takes: a page, and Logto's search. */
export const usersQuery = z.object({
  ...longListQuery.shape,
  sort: z
    .enum(userSorts)
    .optional()
    .describe(
      'What comes first; the newest where nothing is said. By a field, only users who have it, from A on, or with a minus from the end: names, usernames and addresses without a look at case, numbers by their calling code, sign-ins by the last one of each user.',
    ),
  search: values.describe('What to look for in every field. May be given several times where `mode` is `exact`.'),
  'search.id': values,
  'search.primaryPhone': values.describe('With the plus or without; a whole number in whatever spelling.'),
  'search.primaryEmail': values.describe(
    'Upper and lower case make no difference to a whole address. A domain may be written in its own script, each label as a whole.',
  ),
  'search.username': values,
  'search.name': values,
  mode: mode.describe('How values are compared: `like` (where nothing is said) with a pattern, `exact` as a whole.'),
  'mode.id': mode,
  'mode.primaryPhone': mode,
  'mode.primaryEmail': mode,
  'mode.username': mode,
  'mode.name': mode,
  joint: joint.describe('Whether users match all searches (`and`) or one of them (`or`, where nothing is said).'),
  jointMode: joint.describe('The same as `joint`.'),
  isSuspended: yesOrNo.unwrap().optional().describe('Only users who are suspended, or only others.'),
  isCaseSensitive: yesOrNo.describe('Whether upper and lower case matter.'),
});

/** The search that a query asks for; `undefined` where it asks for none. */
export function searchOf(
  query: z.infer<typeof usersQuery>,
  { findsPhones }: { findsPhones: boolean },
): UserSearch | undefined {
  const fields = [undefined, ...searchFields] as const;
  const conditions = fields.flatMap((field) => {
    const given = query[field ? (`search.${field}` as const) : 'search'];
    if (given === undefined) return [];
    const mode = (field && query[`mode.${field}`]) ?? query.mode ?? 'like';
    return [{ field, mode, values: [given].flat() }];
  });
  if (conditions.length === 0) return undefined;
  const { joint = query.jointMode ?? 'or', isCaseSensitive } = query;
  return { conditions, joint, isCaseSensitive, findsPhones };
}
