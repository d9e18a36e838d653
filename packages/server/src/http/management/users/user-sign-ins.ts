import { z } from 'zod';
import type { SignIn } from '../../../accounts/sign-ins.ts';
import { accountApplication } from '../../../oidc/account-client.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { aboutPages, answerLongList, longListQuery } from '../../long-lists/long-list.ts';
import { deviceOf } from '../../pages/account/device.ts';
import { errorResponses } from '../../schemas.ts';
import { tags, time, userParams } from './user-schemas.ts';

const { from: _from, until: _until, ...pages } = longListQuery.shape;

/** A sign-in as replies show it. */
export const signInReply = z.object({
  id: z.string(),
  at: time,
  application: z.object({
    id: z.string(),
    name: z
      .string()
      .nullable()
      .describe('Null for the page where users see their own account, and for one that is gone.'),
  }),
  event: z.enum(['SignIn', 'Register']),
  method: z
    .enum(['code', 'password', 'backup-code', 'session'])
    .describe('`backup-code`: one came second. `session`: the browser was signed in already.'),
  network: z.string().describe('Where it came from: the first 24 bits of an IPv4 address, 48 of an IPv6 address.'),
  browser: z.string().describe('Its name; empty for an unknown one.'),
  system: z.string().describe('The operating system; empty for an unknown one.'),
});

/** Names of applications, each looked up once. */
export function signInDescriber({ applications }: Pick<Services, 'applications'>) {
  const names = new Map<string, Promise<string | null>>();
  const nameOf = (id: string) => {
    const name = names.get(id) ?? applications.nameOf(id);
    names.set(id, name);
    return name;
  };
  return async ({ applicationId, userAgent, ...signIn }: SignIn) => ({
    ...signIn,
    application: {
      id: applicationId,
      name: applicationId === accountApplication.id ? null : await nameOf(applicationId),
    },
    ...deviceOf(userAgent ?? ''),
  });
}

type Deps = Pick<Services, 'users' | 'signIns' | 'applications' | 'secretKeys' | 'platform'>;

/** `GET /api/users/:userId/sign-ins` */
export function userSignIns(app: AppInstance, deps: Deps): void {
  const { users, signIns } = deps;
  app.get(
    '/users/:userId/sign-ins',
    {
      config: { role: 'viewer', scope: 'users:read' },
      schema: {
        tags,
        summary: 'List the sign-ins of a user',
        description: `When, where, how and from where somebody got in. Kept for 180 days.\n\n${aboutPages}`,
        params: userParams,
        querystring: z.object(pages),
        response: {
          200: z.array(signInReply),
          ...errorResponses('entity.not_found', 'request.too_broad', 'system.too_many_reads'),
        },
      },
    },
    async (request, reply) => {
      const { userId } = request.params;
      await users.get(userId);
      const describe = signInDescriber(deps);
      return answerLongList(request, reply, deps, {
        table: 'sign_ins',
        columns: Object.keys(signInReply.shape),
        async page(page) {
          const { entries, ...listed } = await signIns.list(userId, page);
          return { ...listed, entries: await Promise.all(entries.map(describe)) };
        },
        async *every(start) {
          for await (const entries of signIns.every(userId, start)) yield Promise.all(entries.map(describe));
        },
      });
    },
  );
}
