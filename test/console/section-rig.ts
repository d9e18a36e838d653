import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { prepareProducts } from '../../scripts/products.mjs';
import { sharedBrowser } from '../setup/browser.ts';
import { startRelay } from '../setup/relay.ts';
import { newServer, type TestServer, type TestServerOptions } from '../setup/server.ts';
import { createPageLender, type Look, lead, openIn, openWindow } from './windows.ts';

/** A server on a fresh store, and a browser in which an administrator is signed in. */
export type SectionRig = {
  server: TestServer;
  browser: Browser;
  /** A page that shows nothing of the server yet, for what has to be in place before it is asked: then `show`. */
  signedInPage: (look?: Look, who?: Credentials) => Promise<Page>;
  /** Opens a page of the Console, for example `messages?state=failed`. Pages of one look are all signed in as the last. */
  open: (path: string, look?: Look, who?: Credentials) => Promise<Page>;
  /** The same in a page that is there. One that `goto` loads is another start of the Console. */
  show: (page: Page, path: string) => Promise<void>;
  close: () => Promise<void>;
};

/** Dark, in Chinese, and on a phone. */
export const narrow: Look = { colorScheme: 'dark', locale: 'zh-CN', width: 380 };

/** The looks that every page has to pass in. A test that walks through a page looks at it in the first one by the way. */
export const looks: [string, Look][] = [
  ['light and wide', {}],
  ['dark, in Chinese, 380 pixels wide', narrow],
];

/** How an administrator signs in. */
type Credentials = { username: string; password: string };

/** Who is signed in. */
export const administrator: Credentials = { username: 'ada', password: 'tall trees in the wind 9' };

/** Where the Console is for all rigs of this worker, one after the other, and the pages that it has been opened in. */
let shared: ReturnType<typeof openShared> | undefined;
async function openShared() {
  const [browser, relay] = await Promise.all([sharedBrowser(), startRelay()]);
  const baseUrl = `http://127.0.0.1:${relay.port}`;
  return { browser, relay, baseUrl, lend: createPageLender(browser, baseUrl) };
}

/** Starts both. @param env settings of the server, by their variables; `platform` what of its outside world differs */
export async function startSectionRig(
  env: Record<string, string> = {},
  platform: TestServerOptions['platform'] = {},
): Promise<SectionRig> {
  await buildConsole();
  shared ??= openShared();
  const [started, { browser, relay, baseUrl, lend }] = await Promise.all([
    newServer('SQLite', {
      env: { SESAME_ADMIN_USERNAME: administrator.username, SESAME_ADMIN_PASSWORD: administrator.password, ...env },
      platform,
    }),
    shared,
  ]);
  relay.leadTo(started.baseUrl);
  const server = { ...started, baseUrl };

  async function signedInPage(look: Look = {}, who = administrator): Promise<Page> {
    const page = await lend(look);
    await signIn(page.context(), server.baseUrl, who);
    return page;
  }

  const show = (page: Page, path: string) => openIn(page, `${server.baseUrl}/console/${path}`);

  return {
    server,
    browser,
    signedInPage,
    show,
    async open(path, look, who) {
      const page = await signedInPage(look, who);
      await show(page, path);
      return page;
    },
    close: server.close,
  };
}

/** Several test files may come here at once; one of them builds, and only if the Console has changed. */
export async function buildConsole(): Promise<void> {
  if ((await prepareProducts()) !== 0) throw new Error('The Console could not be built.');
}

/** A window in which the administrator is signed in to the server at `baseUrl`. */
export async function signedIn(browser: Browser, baseUrl: string, look: Look = {}): Promise<BrowserContext> {
  const context = await newWindow(browser, look);
  await signIn(context, baseUrl, administrator);
  return context;
}

async function signIn(context: BrowserContext, baseUrl: string, data: Credentials): Promise<void> {
  const headers = { 'x-sesame-console': '1' };
  const reply = await context.request.post(`${baseUrl}/api/console/sign-in`, { data, headers });
  if (!reply.ok()) throw new Error(`The sign-in answered ${reply.status()}.`);
}

/** A window in which nobody is signed in. It closes with the test: a page that is left open goes on asking the API. */
export async function newWindow(browser: Browser, look: Look = {}): Promise<BrowserContext> {
  const context = await openWindow(browser, look);
  onTestFinished(() => context.close());
  return context;
}

/** Leads to a page of the Console, loading the Console only if it is not there, and waits for what is shown. */
export async function load(page: Page, url: string): Promise<void> {
  const { origin } = new URL(url);
  if (!page.url().startsWith(`${origin}/console/`)) await page.goto(url);
  else if (page.url() !== url) await lead(page, url.slice(origin.length));
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expect.poll(() => page.getByRole('status', { name: /^(Loading|加载中)/ }).count()).toBe(0);
}

/** Signs somebody in elsewhere. @returns the status */
export async function signInElsewhere(baseUrl: string, username: string, password: string): Promise<number> {
  const reply = await fetch(`${baseUrl}/api/console/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sesame-console': '1' },
    body: JSON.stringify({ username, password }),
  });
  return reply.status;
}
