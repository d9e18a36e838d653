import type { Browser, Page } from 'playwright-core';
import { script, stylesheet } from '../../packages/pages/src/assets.ts';
import type { Language } from '../../packages/pages/src/language.ts';
import { exampleContext, type ViewExample, viewExamples } from '../../packages/pages/src/views/view-examples.ts';
import { newContext } from '../setup/browser.ts';

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

/** Opens a view as it would be served, under the strictest policy that it can be. @returns the page and each refusal */
export async function openView(browser: Browser, { render, model }: ViewExample, look: Look = {}) {
  const { language = 'en', colorScheme = 'light', width = 1280, hasScript = true, forcedColors = 'none' } = look;
  const context = await newContext(browser, {
    viewport: { width, height: 900 },
    colorScheme,
    locale: language,
    forcedColors,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const posted: URLSearchParams[] = [];
  const refusals: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && refusals.push(message.text())));
  page.on('pageerror', (error) => void refusals.push(String(error)));
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    const asset = [script, stylesheet].find(({ path }) => path === pathname);
    if (asset === script && !hasScript) return route.fulfill({ contentType: script.contentType, body: '' });
    if (asset) return route.fulfill({ contentType: asset.contentType, body: asset.content });
    const body = route.request().postData();
    if (route.request().method() === 'POST') {
      posted.push(new URLSearchParams(body ?? ''));
      return route.fulfill({ status: 204 });
    }
    return route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': contentSecurityPolicy },
      body: render({ ...exampleContext, language }, model as never),
    });
  });
  await page.goto(`${origin}/view`);
  return { page, posted, refusals, close: () => context.close() };
}

export type OpenView = Awaited<ReturnType<typeof openView>> & { page: Page };

const contentSecurityPolicy =
  `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${exampleContext.nonce}'; img-src 'self' data:; ` +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
