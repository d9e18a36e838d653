import { languages, placeholdersOf, textKeysOf, textsOf } from '@sesame/pages';
import { z } from 'zod';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { paramsSchema, tags } from './custom-phrases.ts';

const replySchema = z.object({
  languageTag: z.string(),
  isTranslated: z.boolean().describe('Whether the texts are in the language; else they are the English ones.'),
  texts: z
    .array(
      z.object({
        key: z.string().describe('The names of the tree, with dots between them: `signIn.title`.'),
        text: z.string(),
        placeholders: z.array(z.string()).describe('What the text is filled in with, for example `{application}`.'),
      }),
    )
    .describe('In the order in which people meet them.'),
});

/** `GET /api/custom-phrases/:languageTag/defaults` */
export function getDefaultPhrases(app: AppInstance): void {
  app.get(
    '/custom-phrases/:languageTag/defaults',
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'List our words for the hosted pages in one language',
        description: 'Every text that `PUT /api/custom-phrases/{languageTag}` can replace in this language.',
        params: paramsSchema,
        response: { 200: replySchema, ...errorResponses() },
      },
    },
    async ({ params: { languageTag } }) => {
      const ours: Readonly<Record<string, string>> = textsOf(languageTag);
      const textOf = (key: string) => ours[key] ?? ours[key.replace(/\.\w+$/, '.other')] ?? '';
      const texts = textKeysOf(languageTag).map((key) => ({
        key,
        text: textOf(key),
        placeholders: [...new Set(placeholdersOf(key))],
      }));
      return { languageTag, isTranslated: languages.some((tag) => tag === languageTag), texts };
    },
  );
}
