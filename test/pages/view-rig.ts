import type { Browser, Page } from 'playwright-core';
import { challengeFiles, script, stylesheet } from '../../packages/pages/src/assets.ts';
import type { Language } from '../../packages/pages/src/language.ts';
import type { PageContext } from '../../packages/pages/src/view-models/page.ts';
import { exampleContext, type ViewExample } from '../../packages/pages/src/views/examples/example.ts';
import { viewExamples } from '../../packages/pages/src/views/view-examples.ts';
import { borrowWindow } from '../setup/browser.ts';

/** How a window shows a view. */
export type Look = {
  language?: Language;
  colorScheme?: 'light' | 'dark';
  width?: number;
  /** Whether the pages get their script; the test itself has to run some. */
  hasScript?: boolean;
  forcedColors?: 'active';
};

const origin = 'https://sign-in.example.com';

/** The example with this name. */
export function exampleNamed(name: string): ViewExample {
  const example = viewExamples.find((one) => one.name === name);
  if (!example) throw new Error(`There is no example "${name}".`);
  return example;
}

/** A window, and how to look at views in it as they would be served, under the strictest policy that they can be. */
export type Gallery = {
  page: Page;
  /** What forms of the views have sent. */
  posted: URLSearchParams[];
  /** What the browser complained of: refused by the policy, or an error in the script. */
  refusals: string[];
  show: (example: ViewExample, changes?: Partial<PageContext>) => Promise<void>;
  /** Puts a view in place of the one that is shown, in the same document: what the test has loaded into it stays. */
  replace: (example: ViewExample) => Promise<void>;
  close: () => Promise<void>;
};

/** Opens a window. */
export async function openGallery(browser: Browser, look: Look = {}): Promise<Gallery> {
  const { language = 'en', colorScheme = 'light', width = 1280, hasScript = true, forcedColors = 'none' } = look;
  const { context, giveBack } = await borrowWindow(browser, {
    viewport: { width, height: 900 },
    colorScheme,
    locale: language,
    forcedColors,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const posted: URLSearchParams[] = [];
  const refusals: string[] = [];
  let html = '';
  page.on('console', (message) => void (message.type() === 'error' && refusals.push(message.text())));
  page.on('pageerror', (error) => void refusals.push(String(error)));
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    const asset = [script, stylesheet].find(({ path }) => path === pathname);
    if (asset === script && !hasScript) return route.fulfill({ contentType: script.contentType, body: '' });
    // In a block, so that it can run for one view after the other in the same document.
    if (asset === script) return route.fulfill({ contentType: script.contentType, body: `{${script.content}}` });
    if (asset) return route.fulfill({ contentType: asset.contentType, body: asset.content });
    // A check goes on for as long as somebody looks at it.
    if (pathname in challengeFiles) return route.fulfill({ contentType: script.contentType, body: '' });
    const body = route.request().postData();
    if (route.request().method() === 'POST') {
      posted.push(new URLSearchParams(body ?? ''));
      return route.fulfill({ status: 204 });
    }
    return route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': contentSecurityPolicy },
      body: html,
    });
  });
  return {
    page,
    posted,
    refusals,
    replace: ({ render, model }) =>
      page.evaluate(
        (html) =>
          new Promise<void>((resolve) => {
            document.open();
            addEventListener('load', () => resolve(), { once: true });
            document.write(html);
            document.close();
          }),
        render({ ...exampleContext, language }, model as never),
      ),
    async show({ render, model }, changes = {}) {
      html = render({ ...exampleContext, language, ...changes }, model as never);
      await page.goto(`${origin}/view`);
    },
    close: giveBack,
  };
}

/** Opens a window with a view in it. */
export async function openView(browser: Browser, example: ViewExample, look: Look = {}): Promise<Gallery> {
  const gallery = await openGallery(browser, look);
  await gallery.show(example);
  return gallery;
}

const contentSecurityPolicy =
  `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${exampleContext.nonce}'; img-src 'self' data:; ` +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
