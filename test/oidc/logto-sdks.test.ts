import { createServer, type Server } from 'node:http';
import { createManagementApi } from '@logto/api/management';
import { handleAuthRoutes, type LogtoExpressConfig, withLogto } from '@logto/express';
import LogtoClient from '@logto/node';
import express from 'express';
import session from 'express-session';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { goOnByCode, newPerson, type Person, signInByPassword } from '../setup/experience.ts';
import { freePort } from '../setup/free-port.ts';
import { managementApplication } from '../setup/management-client.ts';
import { newReachableServer, type TestServer } from '../setup/server.ts';
import { newUserAgent, type UserAgent } from '../setup/user-agent.ts';

/** Logto's own SDKs, as they are published, with nothing but another endpoint. */
describe('Logto’s SDKs', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await newReachableServer('SQLite');
  });
  afterAll(() => server.close());

  async function register(baseUrl: string, callbackPath: string) {
    const { body } = await server.management.post('/applications', {
      name: 'Shop',
      type: 'Traditional',
      oidcClientMetadata: { redirectUris: [`${baseUrl}${callbackPath}`], postLogoutRedirectUris: [baseUrl] },
    });
    return { endpoint: server.publicUrl, appId: body.id as string, appSecret: body.secret as string };
  }

  /** Presses *Sign out* on the page that asks. */
  async function confirmSignOut(browser: UserAgent, page: Response): Promise<URL> {
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
    const body = new URLSearchParams({ xsrf, logout: 'yes' });
    return (await browser.visit(`${server.publicUrl}/oidc/session/end/confirm`, { method: 'POST', body })).url;
  }

  describe('@logto/node', () => {
    /** A client that keeps its state in memory and notes where it sends the browser. */
    function newClient(config: Awaited<ReturnType<typeof register>>, scopes: string[] = []) {
      const kept = new Map<string, string>();
      const navigations: string[] = [];
      const client = new LogtoClient(
        { ...config, scopes },
        {
          navigate: (url) => void navigations.push(url),
          storage: {
            getItem: async (key) => kept.get(key) ?? null,
            setItem: async (key, value) => void kept.set(key, value),
            removeItem: async (key) => void kept.delete(key),
          },
        },
      );
      return { client, navigations };
    }

    async function signIn(person: Person, scopes: string[]) {
      const config = await register('https://app.example.com', '/callback');
      const { client, navigations } = newClient(config, scopes);
      const browser = newUserAgent();
      await client.signIn({ redirectUri: 'https://app.example.com/callback' });
      await browser.visit(navigations.at(-1) ?? '');
      const { url } = await browser.visit(await signInByPassword(server, browser, person));
      await client.handleSignInCallback(url.href);
      return { client, navigations, browser };
    }

    test('signs in, reads the claims, refreshes and signs out', async () => {
      const person = await newPerson(server);
      const { client, navigations, browser } = await signIn(person, ['phone', 'custom_data', 'identities', 'roles']);
      expect(await client.isAuthenticated()).toBe(true);
      expect(await client.getIdTokenClaims()).toMatchObject({
        sub: person.id,
        username: person.username,
        name: 'Ali Baba',
        phone_number: person.phone,
        phone_number_verified: true,
      });
      expect(await client.fetchUserInfo()).toMatchObject({ sub: person.id, custom_data: {} });

      const [before, refreshToken] = [await client.getAccessToken(), await client.getRefreshToken()];
      expect(refreshToken).not.toBeNull();
      await client.clearAccessToken();
      expect(await client.getAccessToken()).not.toBe(before);
      expect(await client.getRefreshToken()).not.toBe(refreshToken);

      await client.signOut('https://app.example.com');
      expect(await client.isAuthenticated()).toBe(false);
      const page = await browser.visit(navigations.at(-1) ?? '');
      expect((await confirmSignOut(browser, page.response)).href).toBe('https://app.example.com/');
    });

    test('names an error by its code, as Logto’s server does', async () => {
      const { client } = await signIn(await newPerson(server), []);
      // The SDK also prints what it throws.
      vi.spyOn(console, 'error').mockImplementation(() => {});
      await client.clearAccessToken();
      const { sub } = await client.getIdTokenClaims();
      await server.management.patch(`/users/${sub}/is-suspended`, { isSuspended: true });
      await expect(client.getAccessToken()).rejects.toMatchObject({ code: 'oidc.invalid_grant' });
    });

    test.each([
      [{ firstScreen: 'identifier:register' }, '/register'],
      [{ firstScreen: 'identifier:sign_in' }, '/sign-in'],
      [{ firstScreen: 'reset_password' }, '/forgot-password'],
      [{ interactionMode: 'signUp' }, '/register'],
      [{ directSignIn: { method: 'social', target: 'google' }, identifiers: ['phone'] }, '/sign-in'],
    ] as const)('asks for %o', async (options, path) => {
      const { client, navigations } = newClient(await register('https://app.example.com', '/callback'));
      await client.signIn({ redirectUri: 'https://app.example.com/callback', ...structuredClone(options) } as never);
      expect((await newUserAgent().visit(navigations[0] ?? '')).url.pathname).toBe(path);
    });
  });

  describe('@logto/express', () => {
    let application: Server;
    let baseUrl: string;
    beforeAll(async () => {
      const port = await freePort();
      baseUrl = `http://localhost:${port}`;
      const config: LogtoExpressConfig = {
        ...(await register(baseUrl, '/logto/sign-in-callback')),
        baseUrl,
        scopes: ['phone'],
        getAccessToken: true,
        fetchUserInfo: true,
      };
      const app = express();
      app.use(session({ secret: 'of the test application', resave: false, saveUninitialized: false }));
      app.use(handleAuthRoutes(config));
      app.get('/', withLogto(config), (request, response) => void response.json(request.user));
      application = createServer(app);
      await new Promise<void>((resolve) => application.listen(port, 'localhost', resolve));
    });
    afterAll(() => void application.close());

    const userOf = async (browser: UserAgent) =>
      (await (await browser.send(baseUrl)).json()) as Record<string, unknown>;
    /** Cookies know no ports: the application and Sesame share them on localhost, as in a real browser. */
    const open = async (path: string) => {
      const browser = newUserAgent();
      const first = await browser.visit(`${baseUrl}${path}`);
      return { browser, page: await browser.visit(first.url) };
    };
    const comeBack = async (browser: UserAgent, resume: string) => {
      const { url } = await browser.visit(resume);
      await browser.visit(url);
      return userOf(browser);
    };

    test('signs in, tells the application who it is, and signs out', async () => {
      const person = await newPerson(server);
      const { browser, page } = await open('/logto/sign-in');
      expect(page.url.pathname).toBe('/sign-in');
      expect(await comeBack(browser, await signInByPassword(server, browser, person))).toMatchObject({
        isAuthenticated: true,
        claims: { sub: person.id, username: person.username, phone_number: person.phone },
        userInfo: { sub: person.id, phone_number_verified: true },
        accessToken: expect.any(String),
      });
      const out = await browser.visit(`${baseUrl}/logto/sign-out`);
      const end = await confirmSignOut(browser, (await browser.visit(out.url)).response);
      expect(end.href).toBe(`${baseUrl}/`);
      expect(await userOf(browser)).toEqual({ isAuthenticated: false });
    });

    test('signs up', async () => {
      const { browser, page } = await open('/logto/sign-up');
      expect(page.url.pathname).toBe('/register');
      const phone = '+8613700137000';
      const user = await comeBack(browser, await goOnByCode(server, browser, { event: 'Register', phone }));
      expect(user).toMatchObject({ isAuthenticated: true, claims: { phone_number: phone } });
    });
  });

  describe('@logto/api', () => {
    test('the Management client sets up a connector, and makes a user and an application', async () => {
      const { apiClient } = createManagementApi('default', {
        clientId: managementApplication.id,
        clientSecret: managementApplication.secret,
        baseUrl: server.publicUrl,
        apiIndicator: `${server.publicUrl}/api`,
      });
      const user = await apiClient.POST('/api/users', {
        body: { primaryPhone: '8613800138077', username: 'api_user', password: 'open sesame, please' },
      });
      expect(user.data).toMatchObject({ username: 'api_user', primaryPhone: '+8613800138077' });
      const users = await apiClient.GET('/api/users', { params: { query: { page: 1, page_size: 5 } } });
      expect(users.data?.map(({ id }) => id)).toContain(user.data?.id);

      const application = await apiClient.POST('/api/applications', { body: { name: 'By the client', type: 'SPA' } });
      expect(application.data).toMatchObject({ name: 'By the client', type: 'SPA' });

      const config = {
        accountSID: `AC${'0'.repeat(32)}`,
        authToken: 'f'.repeat(32),
        fromMessagingServiceSID: `MG${'0'.repeat(32)}`,
        templates: ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
          usageType,
          content: `Your ${usageType} code is {{code}}.`,
        })),
      };
      const connector = await apiClient.POST('/api/connectors', {
        body: { connectorId: 'twilio-short-message-service', config },
      });
      expect([connector.response.status, connector.data]).toMatchObject([
        200,
        { connectorId: 'twilio-short-message-service' },
      ]);
      const connectors = await apiClient.GET('/api/connectors');
      const ofSms = connectors.data?.filter(({ type }) => type === 'Sms');
      expect(ofSms?.map(({ id }) => id)).toEqual([connector.data?.id]);
      await apiClient.DELETE('/api/connectors/{id}', { params: { path: { id: connector.data?.id ?? '' } } });

      const rotated = await apiClient.POST('/api/configs/oidc/{keyType}/rotate', {
        params: { path: { keyType: 'private-keys' } },
        body: {},
      });
      expect(rotated.data?.map(({ status }) => status)).toEqual(['Current', 'Previous']);

      const missing = await apiClient.GET('/api/users/{userId}', { params: { path: { userId: 'nobody' } } });
      expect([missing.response.status, missing.error]).toMatchObject([404, { code: 'entity.not_found' }]);
    });
  });
});
