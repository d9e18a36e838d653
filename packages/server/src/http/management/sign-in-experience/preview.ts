import { fromTree, stylesheet } from '@sesame/pages';
import { z } from 'zod';
import type { CustomPhrasesStore } from '../../../experience/custom-phrases.ts';
import { languageTagSchema, phraseTreeSchema } from '../../../experience/phrase-schema.ts';
import {
  type SignInExperienceChange,
  type SignInExperienceStore,
  signInExperienceChangeSchema,
} from '../../../experience/sign-in-experience.ts';
import type { Platform } from '../../../platform.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { previewPage, previewPages } from './preview-pages.ts';

type Deps = { experience: SignInExperienceStore; customPhrases: CustomPhrasesStore; platform: Pick<Platform, 'now'> };

/** `POST /api/sign-in-exp/preview` */
export function previewSignInExperience(app: AppInstance, { experience, customPhrases, platform }: Deps): void {
  app.post(
    '/sign-in-exp/preview',
    {
      config: {
        role: 'viewer',
        scope: 'all',
        holdsNumbers: false,
        check: ({ change = {} }: { change?: SignInExperienceChange }) => experience.refusals(change),
      },
      schema: {
        tags: ['Sign-in experience'],
        summary: 'Show a hosted page as a change would make it',
        description: 'Nothing is changed. The page needs no other file, and runs no script.',
        body: z.object({
          change: signInExperienceChangeSchema.default({}),
          page: z.enum(previewPages).default('sign-in'),
          language: languageTagSchema.default('en'),
          phrases: phraseTreeSchema
            .optional()
            .describe('Words that are not saved, in place of those that are; as in `PUT /api/custom-phrases`.'),
          colorScheme: z.enum(['light', 'dark']).default('light'),
          nonce: z
            .string()
            .regex(/^[\w+/=-]{0,128}$/)
            .default('')
            .describe('For the style elements, where the page is shown under a Content Security Policy.'),
        }),
        response: {
          200: z.object({ html: z.string() }),
          ...errorResponses('sign_in_experiences.invalid_custom_css'),
        },
      },
    },
    async ({ body: { change, page, language, phrases: unsaved, colorScheme, nonce } }) => {
      const shown = await experience.preview(change);
      const phrases = unsaved ? fromTree(unsaved) : (await customPhrases.readStored())[language];
      const context = {
        language,
        phrases,
        brand: shown.branding,
        colors: shown.color,
        support: shown,
        nonce,
        now: platform.now(),
      };
      return { html: standAlone(previewPage(context, shown, page), { ...shown, nonce, colorScheme }) };
    },
  );
}

type StandAlone = { nonce: string; colorScheme: 'light' | 'dark'; customCss: string | null };

/** With its styles in it, without its script, and light or dark whatever the device prefers. */
function standAlone(page: string, { nonce, colorScheme, customCss }: StandAlone): string {
  const styleOf = (css: string) => `<style nonce="${nonce}">${css}</style>`;
  // As a part of the page it must not end the element that it stands in; CSS reads the escaped slash as a slash.
  const own = customCss === null ? '' : styleOf(customCss.replaceAll('</', '<\\/'));
  const always = colorScheme === 'dark' ? '(min-width: 0)' : '(max-width: 0)';
  return page
    .replace(`<link rel="stylesheet" href="${stylesheet.url}">`, () => styleOf(stylesheet.content))
    .replaceAll(/<script[^>]*><\/script>|<link[^>]*>/g, '')
    .replaceAll(/ autofocus(?=[ >])/g, '')
    .replace('</head>', () => `${own}</head>`)
    .replaceAll(/\(prefers-color-scheme:\s*dark\)/g, always);
}
