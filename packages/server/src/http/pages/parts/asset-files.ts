import { challengeFiles, script, stylesheet } from '@sesame/pages';
import { versionOf } from '../../../experience/custom-css.ts';
import type { SignInExperience } from '../../../experience/sign-in-experience.ts';
import type { AppInstance } from '../../app-instance.ts';
import type { PageDeps } from './page-deps.ts';

const forEver = 'public, max-age=31536000, immutable';
const customPath = '/pages/custom.css';

/**
 * `/pages/pages.css` and `/pages/pages.js`, and the operator's own `/pages/custom.css`; their URLs change with their
 * content.
 */
export function assetFiles(app: AppInstance, { experience }: Pick<PageDeps, 'experience'>): void {
  for (const { path, contentType, content } of [stylesheet, script]) {
    app.get(path, (_request, reply) => reply.type(contentType).header('cache-control', forEver).send(content));
  }
  for (const [path, file] of Object.entries(challengeFiles)) {
    app.get(path, (_request, reply) =>
      reply.type(file().contentType).header('cache-control', forEver).send(file().content),
    );
  }
  app.get(customPath, async ({ url }, reply) => {
    const policy = await experience.read();
    // Another version is of a page that was drawn before or after a change.
    const isAsked = url === customStylesheetUrl(policy);
    return reply
      .type('text/css; charset=utf-8')
      .header('cache-control', isAsked ? forEver : 'no-store')
      .send(policy.customCss ?? '');
  });
}

/** Where the stylesheet of the operator's own is, if there is one. */
export const customStylesheetUrl = ({ customCss }: Pick<SignInExperience, 'customCss'>): string | undefined =>
  customCss === null ? undefined : `${customPath}?v=${versionOf(customCss)}`;
