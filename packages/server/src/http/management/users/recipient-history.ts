import { z } from 'zod';
import type { Services } from '../../../services.ts';
import { listRecipientChanges, type RecipientChange } from '../../../store/recipient-changes.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { tags, time, userParams } from './user-schemas.ts';

const none = (what: string) => z.string().nullable().describe(what);
const kept = {
  id: z.string(),
  at: time,
  by: z
    .object({ type: z.enum(['user', 'administrator', 'application', 'server']), id: z.string(), name: z.string() })
    .describe('`server` with the id `import` for an import.'),
};
const [noneBefore, takenAway] = ['Null where there was none.', 'Null where it was taken away.'];
const phoneChange = z.object({ ...kept, phoneBefore: none(noneBefore), phone: none(takenAway) });
const emailChange = z.object({ ...kept, emailBefore: none(noneBefore), email: none(takenAway) });
const description = 'The latest first, a hundred at most; since this is kept. They go with the user.';

type Deps = Pick<Services, 'users' | 'applications' | 'store'>;

/** `GET /api/users/:userId/phone-history` and `GET /api/users/:userId/email-history` */
export function recipientHistory(app: AppInstance, { users, applications, store }: Deps): void {
  async function changesOf(userId: string, of: 'phone' | 'email') {
    await users.get(userId);
    return Promise.all((await listRecipientChanges(store, of, userId)).map((change) => withName(userId, change)));
  }
  async function withName(userId: string, { id, at, before, after, changed_by }: RecipientChange) {
    const by = changed_by === null ? { type: 'user' as const, id: userId } : JSON.parse(changed_by);
    const name = by.name ?? (by.type === 'application' ? await applications.nameOf(by.id) : null) ?? by.id;
    return { change: { id, at, by: { ...by, name } }, before, after };
  }
  app.get(
    '/users/:userId/phone-history',
    {
      config: { role: 'viewer', scope: 'users:read' },
      schema: {
        tags,
        summary: 'List the changes of a user’s number',
        description,
        params: userParams,
        response: { 200: z.array(phoneChange), ...errorResponses('entity.not_found') },
      },
    },
    async ({ params }) =>
      (await changesOf(params.userId, 'phone')).map(({ change, before, after }) => ({
        ...change,
        phoneBefore: before,
        phone: after,
      })),
  );
  app.get(
    '/users/:userId/email-history',
    {
      config: { role: 'viewer', scope: 'users:read' },
      schema: {
        tags,
        summary: 'List the changes of a user’s email address',
        description,
        params: userParams,
        response: { 200: z.array(emailChange), ...errorResponses('entity.not_found') },
      },
    },
    async ({ params }) =>
      (await changesOf(params.userId, 'email')).map(({ change, before, after }) => ({
        ...change,
        emailBefore: before,
        email: after,
      })),
  );
}
