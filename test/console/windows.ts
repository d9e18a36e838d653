import type { Browser, BrowserContext, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { newContext } from '../setup/browser.ts';

/** How a window shows pages; by default light, in English, and wide. */
export type Look = { colorScheme?: 'light' | 'dark'; locale?: 'en' | 'zh-CN'; width?: number };

/** A window that is open, with the pages that no test uses. */
type Window = { context: BrowserContext; idle: Page[]; pages: Set<Page> };

/** What tests listen to. */
const listenedTo = ['console', 'load', 'pageerror'] as const;

/** A window in which nobody is signed in. */
export function openWindow(
  browser: Browser,
  { colorScheme = 'light', locale = 'en', width = 1280 }: Look,
): Promise<BrowserContext> {
  return newContext(browser, {
    colorScheme,
    locale,
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
}

/**
 * Lends pages of the server at `baseUrl` to tests, which saves two thirds of what opening one takes: code that a page has
 * compiled and what it has fetched stays, from file to file. What a test leaves behind does not.
 *
 * @returns what lends a page until the end of the test, with no cookie, nothing stored, and outside the Console
 */
export function createPageLender(browser: Browser, baseUrl: string): (look: Look) => Promise<Page> {
  const windows = new Map<string, Window>();

  async function windowOf(look: Look): Promise<Window> {
    const key = JSON.stringify(look);
    const known = windows.get(key);
    if (known) return known;
    const context = await openWindow(browser, look);
    const opened = { context, idle: [], pages: new Set<Page>() };
    context.on('close', () => windows.delete(key));
    windows.set(key, opened);
    return opened;
  }

  /** Of the same origin: another one would end the process with all that it has compiled. */
  const leave = (page: Page) => page.goto(`${baseUrl}/livez`);

  async function takeBack({ context, idle, pages }: Window, page: Page): Promise<void> {
    const others = context.pages().filter((other) => !pages.has(other));
    await Promise.all(others.map((other) => other.close()));
    await context.clearCookies();
    if (page.isClosed()) return;
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    for (const event of listenedTo) page.removeAllListeners(event);
    await page.mouse.move(-1, -1);
    await leave(page);
    await page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
    idle.push(page);
  }

  return async (look) => {
    const window = await windowOf(look);
    const page = window.idle.pop() ?? (await window.context.newPage());
    window.pages.add(page);
    // What ran out of time may still be at work, and would go on in what the next test looks at.
    onTestFinished(({ task }) => (task.result?.state === 'fail' ? window.context.close() : takeBack(window, page)));
    return page;
  };
}
