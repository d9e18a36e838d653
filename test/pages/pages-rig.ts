import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ClientSecretBasic, type CustomFetch } from 'openid-client';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Language } from '../../packages/pages/src/language.ts';
import type { SignInExperienceChange } from '../../packages/server/src/experience/sign-in-experience.ts';
import { borrowWindow } from '../setup/browser.ts';
import { discoverRelier, type Relier, type Tokens } from '../setup/oidc-flow.ts';
import { type ProxyChanges, startProxy } from '../setup/proxy.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { newUserAgent } from '../setup/user-agent.ts';
import { newPlainPage, type PlainPage } from './plain-page.ts';
import { browserAt } from './rig-browser.ts';

/** How a person comes to the pages. */
export type Look = {
  language?: Language;
  hasScript?: boolean;
  colorScheme?: 'light' | 'dark';
  width?: number;
};

/** A server, an application that signs people in with `openid-client`, and a browser. */
export type PagesRig = {
  server: TestServer;
  /** Somebody with a browser window of their own. */
  newVisitor: (look?: Look) => Promise<Visitor>;
  /** Somebody without script, and without the browser. */
  newPlainVisitor: (language: Language) => PlainVisitor;
  /** The newest code that was sent to a number. */
  codeFor: (phone: string) => Promise<string>;
  /** How many messages were sent to a number. */
  countMessages: (phone: string) => Promise<number>;
  /** Changes the sign-in experience until it is changed back. */
  change: (change: SignInExperienceChange) => Promise<void>;
  close: () => Promise<void>;
};

/** One person and their browser. */
export type Visitor = {
  page: Page;
  context: BrowserContext;
  /** Comes from the application. */
  start: (parameters?: Record<string, string>, page?: Page) => Promise<void>;
  /** Waits until the browser is back at the application, which gets the tokens. */
  tokens: (page?: Page) => Promise<Tokens>;
  /** What the browser complained of: refused by a policy, or an error in the script. */
  complaints: string[];
  close: () => Promise<void>;
};

/** The same person as far as the server can tell. */
export type PlainVisitor = {
  page: PlainPage;
  /** Another page with the same cookies. */
  newTab: () => PlainPage;
  start: (parameters?: Record<string, string>) => Promise<void>;
  tokens: () => Promise<Tokens>;
};

/** Where the server is, as browsers see it. */
export const publicUrl = 'http://sesame.localhost';

/**
 * Starts server and application. One rig at a time has the browser of the worker.
 * @param env settings of the server
 * @param changes of a proxy in front of it
 */
export async function startPagesRig(env: Record<string, string> = {}, changes?: ProxyChanges): Promise<PagesRig> {
  const server = await newServer('SQLite', {
    env: { SESAME_PUBLIC_URL: publicUrl, ...env },
  });
  const application = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><html lang="en"><title>Shop</title>');
  });
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
  const applicationUrl = `http://localhost:${(application.address() as AddressInfo).port}`;
  // Browsers take names below localhost for safe, as if they were reached by https.
  const proxy = changes && (await startProxy(server.baseUrl, changes));
  const [relier, browser] = await Promise.all([
    newRelier(server, applicationUrl),
    browserAt(proxy?.url ?? server.baseUrl),
  ]);
  // Not by the API: its tokens would not survive a clock that is moved by more than an hour.
  const { inbox } = server.services;
  return {
    server,
    newVisitor: (look) => newVisitor(browser, relier, look),
    newPlainVisitor(language) {
      const agent = newUserAgent({ [publicUrl]: server.baseUrl });
      const page = newPlainPage(publicUrl, agent, language);
      let kept: { verifier: string; state: string };
      return {
        page,
        newTab: () => newPlainPage(publicUrl, agent, language),
        async start(parameters) {
          const { url, ...secrets } = await relier.start(parameters);
          kept = secrets;
          await page.go(url);
        },
        tokens: () => relier.finish(page.url(), kept),
      };
    },
    async codeFor(phone) {
      // Where a password was forgotten, the page does not wait until the message is sent.
      await expect.poll(() => inbox.messages(phone).length).toBeGreaterThan(0);
      return inbox.messages(phone)[0]?.code ?? 'no code';
    },
    countMessages: async (phone) => inbox.messages(phone).length,
    change: async (change) => void (await server.services.experience.change(change)),
    async close() {
      await Promise.all(browser.contexts().map((context) => context.close()));
      await proxy?.close();
      application.closeAllConnections();
      await new Promise((resolve) => application.close(resolve));
      await server.close();
    },
  };
}

async function newRelier({ services, baseUrl }: TestServer, applicationUrl: string): Promise<Relier> {
  const redirectUri = `${applicationUrl}/callback`;
  const { id, secret = '' } = await services.applications.create({
    name: 'Shop',
    type: 'Traditional',
    oidcClientMetadata: { redirectUris: [redirectUri], postLogoutRedirectUris: [`${applicationUrl}/bye`] },
  });
  const toServer: CustomFetch = (url, options) => fetch(url.replace(publicUrl, baseUrl), options as RequestInit);
  const authentication = ClientSecretBasic(secret);
  return discoverRelier(`${publicUrl}/oidc`, { id, redirectUri, authentication }, toServer);
}

async function newVisitor(browser: Browser, relier: Relier, look: Look = {}): Promise<Visitor> {
  const { language = 'en', hasScript = true, colorScheme = 'light', width = 1280 } = look;
  const { context, giveBack } = await borrowWindow(browser, {
    locale: language,
    javaScriptEnabled: hasScript,
    colorScheme,
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
  });
  const complaints: string[] = [];
  const kept = new Map<Page, { verifier: string; state: string }>();
  context.on('page', (page) => {
    page.on('console', (message) => {
      // A refusal that is a page of ours is nothing to complain of.
      const isOurs = /status of 4\d\d/.test(message.text()) && message.location().url === page.url();
      if (message.type() === 'error' && !isOurs) complaints.push(message.text());
    });
    page.on('pageerror', (error) => void complaints.push(String(error)));
  });
  const first = await context.newPage();
  return {
    page: first,
    context,
    complaints,
    async start(parameters, page = first) {
      const { url, ...secrets } = await relier.start(parameters);
      kept.set(page, secrets);
      await page.goto(url.href);
    },
    async tokens(page = first) {
      await page.waitForURL(`${relier.redirectUri}?*`);
      const secrets = kept.get(page);
      if (!secrets) throw new Error('This page did not come from the application.');
      return relier.finish(new URL(page.url()), secrets);
    },
    close: giveBack,
  };
}
