import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import type { SetUpProvider } from '../../../protection/human-check/configuration.ts';
import { givenConfigSchema, shownConfigSchema } from '../../../protection/human-check/providers.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent } from '../../schemas.ts';

export const tags = ['Captcha provider'];

const providerSchema = z.object({
  tenantId: z.literal('default'),
  id: z.string(),
  config: shownConfigSchema.describe('Without the secret key.'),
  createdAt: z.int(),
  updatedAt: z.int(),
});

/** `GET`, `PUT` and `DELETE /api/captcha-provider` */
export function captchaProvider(app: AppInstance, { humanCheck, experience }: Services): void {
  const { provider } = humanCheck;
  app.get(
    '/captcha-provider',
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'Get the provider of human checks',
        description:
          '404 where none is set up: then `Altcha` holds, which this server hosts by itself. The secret key is in no reply.',
        response: { 200: providerSchema, ...errorResponses('entity.not_found') },
      },
    },
    async () => {
      const shown = await provider.shown();
      if (!shown) throw new ApiError('entity.not_found');
      return describe(shown);
    },
  );
  app.put(
    '/captcha-provider',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'captcha-provider.set-up', subject: 'captcha-provider' },
      },
      schema: {
        tags,
        summary: 'Set up the provider of human checks',
        description:
          'In place of any other. `secretKey` may be left out where the one that is stored belongs to the same site key. Whether people are checked says `captchaPolicy` of the sign-in experience.',
        body: z.object({ config: givenConfigSchema }),
        response: { 200: providerSchema, ...errorResponses() },
      },
    },
    async ({ body }) => describe(await provider.put(body.config)),
  );
  app.delete(
    '/captcha-provider',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'captcha-provider.delete', subject: 'captcha-provider' },
      },
      schema: {
        tags,
        summary: 'Delete the provider of human checks',
        description: 'As at Logto, nobody is checked from then on: `captchaPolicy.enabled` becomes false.',
        response: { 204: noContent, ...errorResponses() },
      },
    },
    async (_, reply) => {
      // Nobody may be left with a check that cannot be passed.
      await experience.change({ captchaPolicy: { enabled: false } });
      await provider.remove();
      return reply.code(204).send(null);
    },
  );
}

const describe = (shown: SetUpProvider) => ({ tenantId: 'default' as const, ...shown });
