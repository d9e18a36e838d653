import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import { maxListed, networkSchema, prefixSchema } from '../../../experience/fraud-policy.ts';
import { listedNetwork } from '../../../protection/listed-network.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { tags } from './protection-schemas.ts';

const listName = z.enum(['always', 'never']).describe('Whether it always passes, or never.');
const entrySchema = z.object({
  list: listName,
  type: z.enum(['prefix', 'network']),
  entry: z.string().describe('What numbers begin with, or a network.'),
});
type Entry = z.infer<typeof entrySchema>;

const noSuchNetwork = {
  in: 'body',
  path: 'entry',
  message: 'Give an address or a network, for example 203.0.113.0/24.',
};

/** `GET` and `PUT /api/protection/listed`, `DELETE /api/protection/listed/:list/:entry` */
export function listed(app: AppInstance, { experience }: Pick<Services, 'experience'>): void {
  const isOf = (entry: string): Entry['type'] => (entry.startsWith('+') ? 'prefix' : 'network');
  const keyOf = { prefix: 'prefixes', network: 'networks' } as const;
  app.get(
    '/protection/listed',
    {
      config: { role: 'viewer', scope: 'read' },
      schema: {
        tags,
        summary: 'List the numbers, ranges and networks that always or never pass',
        description:
          'They are `fraudPolicy.always` and `fraudPolicy.never` of the sign-in experience. Viewers see masked numbers.',
        response: { 200: z.array(entrySchema), ...errorResponses() },
      },
    },
    async () => {
      const { fraudPolicy } = await experience.readStored();
      return listName.options.flatMap((list) =>
        (['prefix', 'network'] as const).flatMap((type) =>
          fraudPolicy[list][keyOf[type]].map((entry) => ({ list, type, entry })),
        ),
      );
    },
  );
  app.put(
    '/protection/listed',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'fraud-policy.list', subject: 'fraud-policy', details: ['list', 'entry'] },
      },
      schema: {
        tags,
        summary: 'Have a number, a range or a network always pass, or never',
        description:
          'What is on the other list is taken off it. The answer has a network as it is listed: by its first address.',
        body: z.object({
          list: listName,
          entry: z
            .union([prefixSchema, networkSchema])
            .describe(
              'A number, or what numbers begin with (`+49151123`); or an address or a network of any size, where an IPv6 address alone stands for its /64.',
            ),
        }),
        response: { 200: entrySchema, ...errorResponses('fraud_policy.list_full') },
      },
    },
    async ({ body: { list, entry: given } }) => {
      const type = isOf(given);
      const entry = type === 'prefix' ? given : listedNetwork(given);
      if (entry === undefined) throw new ApiError('guard.invalid_input', { issues: [noSuchNetwork] });
      await experience.change(({ fraudPolicy }) => {
        const without = (name: Entry['list']) => fraudPolicy[name][keyOf[type]].filter((one) => one !== entry);
        const other = list === 'always' ? 'never' : 'always';
        if (without(list).length >= maxListed) throw new ApiError('fraud_policy.list_full');
        return {
          fraudPolicy: {
            [list]: { ...fraudPolicy[list], [keyOf[type]]: [...without(list), entry] },
            [other]: { ...fraudPolicy[other], [keyOf[type]]: without(other) },
          },
        };
      });
      return { list, type, entry };
    },
  );
  app.delete(
    '/protection/listed/:list/:entry',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'fraud-policy.unlist', subject: 'fraud-policy' },
      },
      schema: {
        tags,
        summary: 'Take a number, a range or a network off its list',
        params: z.object({ list: listName, entry: z.string().max(64) }),
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { list, entry } }, reply) => {
      const key = keyOf[isOf(entry)];
      await experience.change(({ fraudPolicy }) => {
        if (!fraudPolicy[list][key].includes(entry)) throw new ApiError('entity.not_found');
        return {
          fraudPolicy: {
            [list]: { ...fraudPolicy[list], [key]: fraudPolicy[list][key].filter((one) => one !== entry) },
          },
        };
      });
      return reply.code(204).send(null);
    },
  );
}
