import { z } from 'zod';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, idParams, noContent } from '../../schemas.ts';
import { passwordSchema, security, sessionOf, tags, time } from './console-schemas.ts';

const administratorSchema = z.object({ id: z.string(), username: z.string(), createdAt: time });

/** `GET /api/console/administrators`, `POST /api/console/administrators`, `DELETE /api/console/administrators/:id` */
export function administrators(app: AppInstance, services: Pick<Services, 'administrators'>): void {
  const { colleagues } = services.administrators;
  app.get(
    '/console/administrators',
    {
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
      config: { audit: { action: 'administrator.create', subject: 'administrator', details: ['username'] } },
      schema: {
        tags,
        summary: 'Create an administrator',
        security,
        body: z.object({ username: z.string().max(256), password: passwordSchema }),
        response: {
          200: administratorSchema,
          ...errorResponses('user.username_already_in_use', 'password.rejected'),
        },
      },
    },
    ({ body }) => colleagues.create(body),
  );
  app.delete(
    '/console/administrators/:id',
    {
      config: { audit: { action: 'administrator.delete', subject: 'administrator' } },
      schema: {
        tags,
        summary: 'Delete another administrator',
        description: 'Ends the sessions of that administrator. Nobody can delete themselves, so that one always stays.',
        security,
        params: idParams,
        response: { 204: noContent, ...errorResponses('entity.not_found', 'administrator.cannot_delete_self') },
      },
    },
    async (request, reply) => {
      await colleagues.delete(request.params.id, sessionOf(request).administrator.id);
      return reply.code(204).send(null);
    },
  );
}
