import { fromTree, toTree } from '@sesame/pages';
import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import { type CustomPhrases, type CustomPhrasesStore, maxPhraseLanguages } from '../../../experience/custom-phrases.ts';
import { languageTagSchema, phraseTreeSchema } from '../../../experience/phrase-schema.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent } from '../../schemas.ts';

/** How the documentation groups them. */
export const tags = ['Custom phrases'];

/** The language that a path is about. */
export const paramsSchema = z.object({
  languageTag: languageTagSchema.describe(
    'A language tag (BCP 47). Languages that the pages are not in may be added: English stands in for the rest.',
  ),
});

const replySchema = z.object({
  tenantId: z.literal('default'),
  id: z.string(),
  languageTag: z.string(),
  translation: z
    .record(z.string(), z.unknown())
    .describe('The words in place of ours, as a tree: `{ "signIn": { "title": "Come in" } }`.'),
});

const toReply = (languageTag: string, phrases: CustomPhrases[string]) => ({
  tenantId: 'default' as const,
  id: languageTag,
  languageTag,
  translation: toTree(Object.entries(phrases)),
});

/** `GET /api/custom-phrases`, and `GET`, `PUT` and `DELETE /api/custom-phrases/:languageTag` */
export function customPhrases(app: AppInstance, services: { customPhrases: CustomPhrasesStore }): void {
  const phrases = services.customPhrases;
  const reads = { role: 'viewer', scope: 'all', holdsNumbers: false } as const;

  app.get(
    '/custom-phrases',
    {
      config: reads,
      schema: {
        tags,
        summary: 'List the words of your own that the hosted pages have',
        response: { 200: z.array(replySchema), ...errorResponses() },
      },
    },
    async () => Object.entries(await phrases.readStored()).map(([tag, own]) => toReply(tag, own)),
  );

  app.get(
    '/custom-phrases/:languageTag',
    {
      config: reads,
      schema: {
        tags,
        summary: 'Get the words of your own in one language',
        params: paramsSchema,
        response: { 200: replySchema, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { languageTag } }) => {
      const own = (await phrases.readStored())[languageTag];
      if (!own) throw new ApiError('entity.not_found');
      return toReply(languageTag, own);
    },
  );

  app.put(
    '/custom-phrases/:languageTag',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'custom-phrases.change', subject: 'custom-phrases' },
      },
      schema: {
        tags,
        summary: 'Replace the words of your own in one language',
        description:
          'What is left out, or empty, is in our words. `{name}` in a text is filled in; a text may leave it out. Texts that end in a number’s form (`one`, `few`, `other`, …) are chosen by the plural rules of the language.',
        params: paramsSchema,
        body: phraseTreeSchema,
        response: { 200: replySchema, ...errorResponses() },
      },
    },
    async ({ params: { languageTag }, body }) => {
      const known = Object.keys(await phrases.readStored());
      if (!known.includes(languageTag) && known.length >= maxPhraseLanguages) {
        const message = `There are words in ${maxPhraseLanguages} languages already; delete one first.`;
        throw new ApiError('guard.invalid_input', { issues: [{ in: 'params', path: 'languageTag', message }] });
      }
      const changed = await phrases.change({ [languageTag]: fromTree(body) });
      return toReply(languageTag, changed[languageTag] ?? {});
    },
  );

  app.delete(
    '/custom-phrases/:languageTag',
    {
      config: { role: 'operator', scope: 'all', audit: { action: 'custom-phrases.delete', subject: 'custom-phrases' } },
      schema: {
        tags,
        summary: 'Go back to our words in one language',
        params: paramsSchema,
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { languageTag } }, reply) => {
      if (!Object.hasOwn(await phrases.readStored(), languageTag)) throw new ApiError('entity.not_found');
      await phrases.change({ [languageTag]: null });
      return reply.code(204).send(null);
    },
  );
}
