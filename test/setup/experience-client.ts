import * as client from 'openid-client';
import { discoverRelier, type Relier, type Tokens } from './oidc-flow.ts';
import type { TestServer } from './server.ts';
import { newUserAgent, type UserAgent } from './user-agent.ts';

/** What an operation answered. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into replies of every shape
export type ExperienceReply = { status: number; body: any; headers: Headers };

/** A browser that signs in on pages of its own, through the Experience API. */
export type ExperienceClient = {
  browser: UserAgent;
  /** The id of the flow. */
  flow: string;
  call: (method: string, path: string, body?: unknown) => Promise<ExperienceReply>;
  /** Follows `redirectTo` and gets tokens. */
  finish: (redirectTo: string) => Promise<Tokens>;
};

/** An application of type SPA on a running server, known to a standard client. */
export async function newServerRelier({ services, baseUrl, publicUrl }: TestServer): Promise<Relier> {
  const redirectUri = 'https://app.example.com/callback';
  const { id } = await services.applications.create({
    name: 'Shop',
    type: 'SPA',
    oidcClientMetadata: { redirectUris: [redirectUri], postLogoutRedirectUris: [] },
  });
  // Links name the public URL; the test server listens elsewhere.
  const toListening: client.CustomFetch = (url, options) =>
    fetch(url.replace(publicUrl, baseUrl), options as RequestInit);
  return discoverRelier(`${publicUrl}/oidc`, { id, redirectUri, authentication: client.None() }, toListening);
}

/** Begins a sign-in; `parameters` are those of the authorization request. */
export async function beginExperience(
  { baseUrl, publicUrl }: TestServer,
  relier: Relier,
  { parameters = {}, browser }: { parameters?: Record<string, string>; browser?: UserAgent } = {},
): Promise<ExperienceClient> {
  const agent = browser ?? newUserAgent({ [publicUrl]: baseUrl });
  const kept = await relier.start(parameters);
  const response = await agent.send(kept.url);
  const flow = new URL(response.headers.get('location') ?? '').searchParams.get('flow') ?? '';
  return {
    browser: agent,
    flow,
    call: callerOf(agent, publicUrl),
    finish: async (redirectTo) => relier.finish((await agent.visit(redirectTo)).url, kept),
  };
}

/** The same browser, with the same cookies, at another process. */
export function moveTo({ baseUrl, publicUrl }: TestServer, client: ExperienceClient): ExperienceClient {
  const cookies = Object.entries(client.browser.cookies()).map(([name, value]) => ({ name, value, path: '/' }));
  const browser = newUserAgent({ [publicUrl]: baseUrl }, cookies);
  return { ...client, browser, call: callerOf(browser, publicUrl) };
}

/** A browser that is signed in nowhere, and is known where `before` is, if that is given. */
export function signedOut({ baseUrl, publicUrl }: TestServer, before?: ExperienceClient): UserAgent {
  const cookies = Object.entries(before?.browser.cookies() ?? {}).map(([name, value]) => ({ name, value, path: '/' }));
  const ofDevice = cookies.filter(({ name }) => name.endsWith('sesame_device'));
  return newUserAgent({ [publicUrl]: baseUrl }, ofDevice);
}

const callerOf =
  (browser: UserAgent, publicUrl: string): ExperienceClient['call'] =>
  async (method, path, body) => {
    const reply = await browser.send(`${publicUrl}/api/experience${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await reply.text();
    return { status: reply.status, body: text === '' ? undefined : JSON.parse(text), headers: reply.headers };
  };
