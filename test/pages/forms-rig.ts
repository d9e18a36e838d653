import { ClientSecretBasic } from 'openid-client';
import { afterAll, beforeAll } from 'vitest';
import { newPerson, type Person } from '../setup/experience.ts';
import { discoverRelier, type Relier } from '../setup/oidc-flow.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { newUserAgent, type UserAgent } from '../setup/user-agent.ts';

/** What a form carries. */
export type Form = { flow?: string; csrf?: string; [field: string]: string | undefined };

type Own = { server: TestServer; relier: Relier; person: Person };

/** The value of a hidden field of a page. */
export const hidden = (page: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';

/** A server with an application and a person for the tests of a file, whose pages are got and posted without a browser. */
export function useForms() {
  const own = {} as Own;
  beforeAll(async () => {
    const server = await newServer('SQLite');
    const redirectUri = 'https://shop.example.com/callback';
    const { id, secret = '' } = await server.services.applications.create({
      name: 'Shop',
      type: 'Traditional',
      oidcClientMetadata: { redirectUris: [redirectUri], postLogoutRedirectUris: [] },
    });
    const authentication = ClientSecretBasic(secret);
    const relier = await discoverRelier(
      `${server.publicUrl}/oidc`,
      { id, redirectUri, authentication },
      (url, options) => fetch(url.replace(server.publicUrl, server.baseUrl), options as RequestInit),
    );
    Object.assign(own, { server, relier, person: await newPerson(server) });
  });
  afterAll(() => own.server?.close());

  return Object.assign(own, {
    /** A browser at the sign-in page, and what its form carries. */
    async newBrowser(parameters: Record<string, string> = {}) {
      const browser = newUserAgent({ [own.server.publicUrl]: own.server.baseUrl });
      const { url, response } = await browser.visit((await own.relier.start(parameters)).url);
      const page = await response.text();
      return {
        browser,
        url,
        page,
        response,
        headers: response.headers,
        flow: hidden(page, 'flow'),
        csrf: hidden(page, 'csrf'),
      };
    },
    post: (browser: UserAgent, path: string, form: Form, headers: Record<string, string> = {}) =>
      browser.send(`${own.server.publicUrl}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: own.server.publicUrl, ...headers },
        body: new URLSearchParams(
          Object.entries(form).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
        ),
      }),
    messages: async () => (await own.server.management.get('/development-inbox')).body.length,
  });
}
