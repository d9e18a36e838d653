import { z } from 'zod';
import type { Credentials } from '../../../admin/credentials.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, idParams, noContent } from '../../schemas.ts';
import { askingOf, passwordSchema, roleSchema, security, tags, time } from './console-schemas.ts';

const administratorSchema = z.object({
  id: z.string(),
  username: z.string(),
  role: roleSchema,
  twoStepSince: time.nullable().describe('Since when two-step sign-in is on; null while it is off.'),
  createdAt: time,
});

/** `GET` and `POST /api/console/administrators`, `PATCH` and `DELETE /api/console/administrators/:id` */
export function administrators(app: AppInstance, services: Pick<Services, 'administrators'>): void {
  const { colleagues } = services.administrators;
  app.get(
    '/console/administrators',
    {
      config: { role: 'owner' },
      schema: {
        tags,
        summary: 'List the administrators',
        security,
        response: { 200: z.array(administratorSchema), ...errorResponses() },
      },
    },
    () => colleagues.list(),
  );
  app.post(
    '/console/administrators',
    {
      config: {
        role: 'owner',
        audit: { action: 'administrator.create', subject: 'administrator', details: ['username', 'role'] },
        check: (fields: Partial<Credentials>) => colleagues.refusals(fields),
      },
      schema: {
        tags,
        summary: 'Create an administrator',
        security,
        body: z.object({
          username: z.string().max(256),
          password: passwordSchema,
          role: roleSchema.default('viewer'),
        }),
        response: {
          200: administratorSchema,
          ...errorResponses('user.username_already_in_use', 'password.rejected'),
        },
      },
    },
    (request) => colleagues.create(request.body, askingOf(request)),
  );
  app.patch(
    '/console/administrators/:id',
    {
      config: {
        role: 'owner',
        audit: { action: 'administrator.set-role', subject: 'administrator', details: ['role'] },
      },
      schema: {
        tags,
        summary: 'Give an administrator a role',
        description: 'It counts from the next request on. There always is an owner.',
        security,
        params: idParams,
        body: z.object({ role: roleSchema }),
        response: { 204: noContent, ...errorResponses('entity.not_found', 'administrator.last_owner') },
      },
    },
    async (request, reply) => {
      await colleagues.setRole(request.params.id, request.body.role, askingOf(request));
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/console/administrators/:id',
    {
      config: { role: 'owner', audit: { action: 'administrator.delete', subject: 'administrator' } },
      schema: {
        tags,
        summary: 'Delete another administrator',
        description:
          'Ends the sessions of that administrator. Nobody can delete themselves, so that an owner always stays.',
        security,
        params: idParams,
        response: { 204: noContent, ...errorResponses('entity.not_found', 'administrator.cannot_delete_self') },
      },
    },
    async (request, reply) => {
      await colleagues.delete(request.params.id, askingOf(request));
      return reply.code(204).send(null);
    },
  );
}
