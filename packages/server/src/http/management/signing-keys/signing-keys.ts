import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import type { SigningKeys } from '../../../oidc/signing-keys.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent } from '../../schemas.ts';

const path = '/configs/oidc/private-keys';
const tags = ['Signing keys'];
const keys = z
  .array(
    z.object({
      id: z.string().describe('What tokens name the key by (`kid`).'),
      effectiveAt: z.number().describe('From when on the key signs, in milliseconds since the epoch.'),
      createdAt: z.number().describe('The same.'),
      signingKeyAlgorithm: z.literal('EC'),
      status: z
        .enum(['Next', 'Current', 'Previous'])
        .describe('The current key signs; the previous ones still verify; the next one is published already.'),
    }),
  )
  .describe('The current one first.');

/** `GET /api/configs/oidc/private-keys`, and what else an operator does with the keys that sign tokens. */
export function signingKeys(app: AppInstance, services: { signingKeys: SigningKeys }): void {
  const list = async () =>
    (await services.signingKeys.list()).map((key) => ({
      ...key,
      createdAt: key.effectiveAt,
      signingKeyAlgorithm: 'EC' as const,
    }));

  app.get(
    path,
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: { tags, summary: 'List the keys that sign tokens', response: { 200: keys, ...errorResponses() } },
    },
    list,
  );

  app.post(
    `${path}/rotate`,
    {
      config: { role: 'owner', scope: 'all', audit: { action: 'signing-key.rotate', subject: 'signing-key' } },
      schema: {
        tags,
        summary: 'Replace the key that signs tokens',
        description:
          'Keys are replaced every 90 days without this, with a day’s notice. Here a new key signs from now on; what the old one signed still verifies, for 90 days.',
        body: z.object({ signingKeyAlgorithm: z.literal('EC').optional() }).nullish(),
        response: { 200: keys, ...errorResponses() },
      },
    },
    async () => {
      await services.signingKeys.rotateSigningKey();
      return list();
    },
  );

  app.delete(
    `${path}/:keyId`,
    {
      config: { role: 'owner', scope: 'all', audit: { action: 'signing-key.delete', subject: 'signing-key' } },
      schema: {
        tags,
        summary: 'Delete an old key',
        description: 'For a key that others may know: within a second nothing that it signed is accepted any more.',
        params: z.object({ keyId: z.string().min(1).max(128) }),
        response: { 204: noContent, ...errorResponses('entity.not_found', 'oidc.key_required') },
      },
    },
    async ({ params }, reply) => {
      const outcome = await services.signingKeys.delete(params.keyId);
      if (outcome !== 'deleted') throw new ApiError(outcome === 'current' ? 'oidc.key_required' : 'entity.not_found');
      return reply.code(204).send(null);
    },
  );
}
