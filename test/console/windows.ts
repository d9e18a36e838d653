import type { Browser, BrowserContext, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { newContext } from '../setup/browser.ts';

/** How a window shows pages; by default light, in English, and wide. */
export type Look = {
  colorScheme?: 'light' | 'dark';
  locale?: 'en' | 'zh-CN';
  width?: number;
  timeZone?: string;
};

/** A window that is open, with the pages that no test uses. */
type Window = { context: BrowserContext; idle: Page[]; pages: Set<Page> };

/** What tests listen to. */
const listenedTo = ['console', 'load', 'pageerror'] as const;

/** A window in which nobody is signed in. */
export function openWindow(
  browser: Browser,
  { colorScheme = 'light', locale = 'en', width = 1280, timeZone }: Look,
): Promise<BrowserContext> {
  return newContext(browser, {
    colorScheme,
    locale,
    ...(timeZone && { timezoneId: timeZone }),
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
}

/** The router of the Console, which it leaves in the window. */
declare const __TSR_ROUTER__: {
  history: { push: (address: string) => void };
  navigate: (to: { href: string; replace: true; ignoreBlocker: true }) => Promise<void>;
  subscribe: (event: 'onResolved', listener: () => void) => () => void;
};

/** Where nothing of the Console is drawn that knows anything, and nothing is asked of the server. */
const wayIn = '/console/sign-in';

/** Pages that the next test cannot have as they are. */
const changed = new WeakSet<Page>();

/** Code that could not be fetched stays missing where the Console stays loaded. */
function watchCode(page: Page): void {
  const isCode = (url: string) => url.includes('/console/assets/');
  page.on('requestfailed', (request) => {
    if (isCode(request.url())) changed.add(page);
  });
  page.on('response', (response) => {
    if (isCode(response.url()) && response.status() >= 400) changed.add(page);
  });
}

/** Runs a script that changes the window itself. The page is loaded anew for the next test. */
export function changeWindow(page: Page, script: string): Promise<unknown> {
  changed.add(page);
  return page.evaluate(script);
}

/** Goes to a page of the Console as a click on a link does: a third of the work of loading everything. */
export const lead = (page: Page, address: string): Promise<void> =>
  page.evaluate(
    (to) =>
      new Promise<void>((resolve) => {
        const stop = __TSR_ROUTER__.subscribe('onResolved', () => {
          stop();
          resolve();
        });
        __TSR_ROUTER__.history.push(to);
      }),
    address,
  );

/** Opens a page of the Console in a page that was lent; one that the Console is loaded in is led there. */
export async function openIn(page: Page, url: string): Promise<void> {
  const { origin } = new URL(url);
  if (page.url() === url) return;
  if (page.url() === `${origin}${wayIn}`) await lead(page, url.slice(origin.length));
  else await page.goto(url);
}

/** What React keeps of a component. */
type Fiber = {
  child: Fiber | null;
  sibling: Fiber | null;
  return: Fiber | null;
  memoizedProps: Record<string, unknown> | null;
};
type Queries = { isFetching: () => number; isMutating: () => number; clear: () => void };
type Hide = (notice: string) => void;

/**
 * Leads the Console out of all that it shows, and makes it forget what it was answered.
 * @returns whether nothing is left of the test: no request that is still to be answered, no notice, no preference
 */
const forget = (page: Page): Promise<boolean> =>
  page.evaluate(async (href) => {
    const fiberOf = (element: Element | null, kind: string) =>
      Object.entries(element ?? {}).find(([key]) => key.startsWith(kind))?.[1] as Fiber | undefined;
    const clientWithin = (fiber: Fiber | null | undefined): unknown =>
      fiber && (fiber.memoizedProps?.client ?? clientWithin(fiber.child) ?? clientWithin(fiber.sibling));
    const queries = clientWithin(fiberOf(document.getElementById('root'), '__reactContainer$')) as Queries | undefined;
    if (!queries || localStorage.length > 0) return false;

    const nextFrame = () => new Promise(requestAnimationFrame);
    const isBusy = () => queries.isFetching() + queries.isMutating() > 0;
    await __TSR_ROUTER__.navigate({ href, replace: true, ignoreBlocker: true });
    for (let frames = 0; isBusy() && frames < 60; frames += 1) await nextFrame();
    const notices = () => [...document.querySelectorAll('.mantine-Notifications-notification')];
    for (const notice of notices()) {
      let shown = fiberOf(notice, '__reactFiber$') ?? null;
      while (shown && !shown.memoizedProps?.onHide) shown = shown.return;
      const { onHide, data } = shown?.memoizedProps ?? {};
      (onHide as Hide)((data as { id: string }).id);
    }
    for (let frames = 0; notices().length > 0 && frames < 20; frames += 1) await nextFrame();
    const isLeft = document.querySelector('[role="dialog"], [role="alert"]') !== null || notices().length > 0;
    if (isBusy() || isLeft || location.pathname !== href) return false;
    queries.clear();
    sessionStorage.clear();
    return true;
  }, wayIn);

/**
 * Lends pages of the server at `baseUrl` to tests, which saves most of what opening one takes: the Console stays loaded,
 * and code that a page has compiled and what it has fetched stays, from file to file. What a test leaves behind does not.
 *
 * @returns what lends a page until the end of the test, with no cookie, nothing stored, and outside the Console or where
 * it asks who is there
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
  async function start(page: Page): Promise<void> {
    await page.goto(`${baseUrl}/livez`);
    await page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
  }

  async function takeBack({ context, idle, pages }: Window, page: Page): Promise<void> {
    const others = context.pages().filter((other) => !pages.has(other));
    await Promise.all(others.map((other) => other.close()));
    if (!page.isClosed()) {
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      for (const event of listenedTo) page.removeAllListeners(event);
      await page.mouse.move(-1, -1);
    }
    const isForgotten =
      !changed.delete(page) && page.url().startsWith(`${baseUrl}/console/`) && (await forget(page).catch(() => false));
    await context.clearCookies();
    if (page.isClosed()) return;
    if (!isForgotten) await start(page);
    idle.push(page);
  }

  return async (look) => {
    const window = await windowOf(look);
    const page = window.idle.pop() ?? (await window.context.newPage());
    if (!window.pages.has(page)) watchCode(page);
    window.pages.add(page);
    // What ran out of time may still be at work, and would go on in what the next test looks at.
    onTestFinished(({ task }) => (task.result?.state === 'fail' ? window.context.close() : takeBack(window, page)));
    return page;
  };
}
