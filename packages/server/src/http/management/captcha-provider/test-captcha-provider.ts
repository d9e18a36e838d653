import { z } from 'zod';
import { givenConfigSchema } from '../../../protection/human-check/providers.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { tags } from './captcha-provider.ts';

/** `POST /api/captcha-provider/test` */
export function testCaptchaProvider(app: AppInstance, { humanCheck }: Pick<Services, 'humanCheck'>): void {
  app.post(
    '/captcha-provider/test',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'captcha-provider.test', subject: 'captcha-provider' },
      },
      schema: {
        tags,
        summary: 'Test the keys of a provider of human checks',
        description:
          'Asks the provider about an answer that is none; a configuration need not be saved. Whether the site key is right shows only in a browser.',
        body: z.object({ config: givenConfigSchema }),
        response: {
          200: z.object({
            outcome: z.enum(['works', 'misconfigured', 'unreachable']),
            detail: z.string().optional().describe('Words of the provider.'),
          }),
          ...errorResponses(),
        },
      },
    },
    async ({ body }) => {
      const verdict = await humanCheck.probe(body.config);
      if (verdict.passed) return { outcome: 'works' as const };
      return { outcome: verdict.reason as 'misconfigured' | 'unreachable', detail: verdict.detail };
    },
  );
}
