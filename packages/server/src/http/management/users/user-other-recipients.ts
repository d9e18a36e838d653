import { z } from 'zod';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { toActor } from '../../audit.ts';
import { type OtherKindOfApi, otherId, otherKinds, otherReply, toOtherReply } from '../../other-recipients.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { tags, userParams } from './user-schemas.ts';

type Deps = Pick<Services, 'users'>;

/** `GET` and `POST /api/users/:userId/other-phones`, `DELETE` and `POST …/make-primary` of one; and of `other-emails`. */
export function userOtherRecipients(app: AppInstance, { users }: Deps): void {
  for (const kind of otherKinds) register(app, { users }, kind);
}

const partOf = (action: string) => ({ action, subject: 'user', part: 'other-recipients' });

function register(
  app: AppInstance,
  { users }: Deps,
  { type, path: last, name, shape, refusals }: OtherKindOfApi,
): void {
  const path = `/users/:userId/${last}`;
  const one = userParams.extend({ otherId });
  app.get(
    path,
    {
      config: { role: 'viewer', scope: 'users:read' },
      schema: {
        tags,
        summary: `List the ${name}s that a user has beside the primary one`,
        description: 'They sign in as the primary one does. Those first that were added first.',
        params: userParams,
        response: { 200: z.array(otherReply(type)), ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { userId } }) => {
      await users.get(userId);
      return (await users.others.list(userId, type)).map((other) => toOtherReply(type, other));
    },
  );
  app.post(
    path,
    {
      config: { role: 'operator', scope: 'users', audit: partOf(`user.add-other-${type}`) },
      schema: {
        tags,
        summary: `Give a user another ${name}`,
        description:
          'It counts as verified: whoever has it signs in. It belongs to one user at most, among primary and other ones. Up to ten, whatever users may add themselves.',
        params: userParams,
        body: z.object(shape),
        response: {
          201: otherReply(type),
          ...errorResponses('entity.not_found', 'user.too_many_recipients', ...refusals),
        },
      },
    },
    async ({ params: { userId }, body, caller }, reply) => {
      const { address } = (body as Record<string, { address: string }>)[type] ?? { address: '' };
      const added = await users.others.add({ userId, kind: type, by: caller && toActor(caller) }, address);
      return reply.code(201).send(toOtherReply(type, added));
    },
  );
  app.delete(
    `${path}/:otherId`,
    {
      config: { role: 'operator', scope: 'users', audit: partOf(`user.remove-other-${type}`) },
      schema: {
        tags,
        summary: `Take another ${name} away from a user`,
        description: 'Whoever has it signs in with it no more.',
        params: one,
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { userId, otherId }, caller }, reply) => {
      await users.others.remove({ userId, kind: type, by: caller && toActor(caller) }, otherId);
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${path}/:otherId/make-primary`,
    {
      config: { role: 'operator', scope: 'users', audit: partOf(`user.make-${type}-primary`) },
      schema: {
        tags,
        summary: `Make another ${name} of a user the primary one`,
        description: 'The one before becomes another.',
        params: one,
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { userId, otherId }, caller }, reply) => {
      await users.others.makePrimary({ userId, kind: type, by: caller && toActor(caller) }, otherId);
      return reply.code(204).send(null);
    },
  );
}
