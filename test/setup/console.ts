import type { LightMyRequestResponse } from 'fastify';
import { createApp } from '../../packages/server/src/app.ts';
import { createAuthenticate } from '../../packages/server/src/http/authenticate.ts';
import { silentObserver } from '../../packages/server/src/messaging/observer.ts';
import { createInteractions } from '../../packages/server/src/oidc/interactions.ts';
import { mountOidc } from '../../packages/server/src/oidc/mount.ts';
import { createOidcProvider } from '../../packages/server/src/oidc/provider.ts';
import { deriveSecretKeys } from '../../packages/server/src/secrets/secret-keys.ts';
import { createServices, type Services } from '../../packages/server/src/services.ts';
import { platform as testPlatform } from './platform.ts';
import { type Database, newStore } from './stores.ts';
import { leaveUnguarded } from './unguarded.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Headers = Record<string, string>;

/** The app as a value, with one administrator and the development inbox live, as the Console meets it. */
export type ConsoleServer = {
  services: Services;
  /** Moves the clock, in milliseconds. */
  advance: (milliseconds: number) => void;
  now: () => number;
  send: (method: Method, url: string, options?: SendOptions) => Promise<LightMyRequestResponse>;
  /** Signs in. @returns the value of the cookie */
  signIn: (options?: { username?: string; password?: string; cookie?: string }) => Promise<string>;
  /**
   * An access token with the scope `all` of the application `Back end`, or another.
   * @throws what the token endpoint says
   */
  getAccessToken: (of?: { id: string; secret: string; scope?: string }) => Promise<string>;
  close: () => Promise<void>;
};

/** What a request carries; with a `cookie`, also what the Console adds to it, unless `headers` say otherwise. */
export type SendOptions = { cookie?: string; body?: object; headers?: Headers; remoteAddress?: string };

/** Who can sign in from the beginning. */
export const administrator = { username: 'morgiana', password: 'open sesame' };

export const consolePublicUrl = 'https://sign-in.example.com';
const apiIndicator = `${consolePublicUrl}/api`;

/**
 * Makes the app on a fresh store.
 * @param clock in milliseconds; the real one unless a test stops it
 * @param publicUrl where people find it
 */
export async function newConsoleServer(
  database: Database,
  clock: () => number = Date.now,
  publicUrl = consolePublicUrl,
): Promise<ConsoleServer> {
  const store = await newStore(database);
  let offset = 0;
  const now = () => clock() + offset;
  const platform = { ...testPlatform, now };
  const secretKeys = deriveSecretKeys('a secret key of the tests, long enough to be one');
  const services = await createServices({
    store,
    platform,
    secretKeys,
    observer: silentObserver,
    publicUrl,
    apiIndicator,
    print: () => {},
  });
  await services.administrators.seedFirst(administrator);
  await services.connectors.setUpDevelopmentInbox();
  await leaveUnguarded(services);
  const settings = { publicUrl, apiIndicator };
  const { signingKeys, userSessions: sessions } = services;
  const oidc = await createOidcProvider({
    store,
    platform,
    held: services.held,
    secretKeys,
    signingKeys,
    settings,
    beginFlow: services.signInFlows.begin,
    mayComeSecond: services.signInFlows.mayComeSecond,
    admit: async () => {},
  });
  const app = await createApp({
    services,
    settings: { ...settings, trustedProxies: [] },
    authenticate: createAuthenticate({ ...services, settings }),
    logger: false,
    metrics: undefined,
    interactions: createInteractions({ store, platform, oidc, sessions, settings }),
    mounts: [(mounted) => mountOidc(mounted, oidc, { sessions, resume: services.signInFlows.resume })],
  });

  const send: ConsoleServer['send'] = (method, url, { cookie, body, headers = {}, remoteAddress } = {}) =>
    app.inject({
      method,
      url,
      ...(body && { payload: body }),
      ...(remoteAddress !== undefined && { remoteAddress }),
      headers: {
        ...(cookie !== undefined && { cookie: `__Host-sesame_console=${cookie}`, 'x-sesame-console': '1' }),
        ...headers,
      },
    });

  return {
    services,
    now,
    advance: (milliseconds) => {
      offset += milliseconds;
    },
    send,
    async signIn({ cookie, ...credentials } = {}) {
      const body = { ...administrator, ...credentials };
      const reply = await send('POST', '/api/console/sign-in', { body, ...(cookie !== undefined && { cookie }) });
      const [, value] = /^__Host-sesame_console=([\w-]{43});/.exec(String(reply.headers['set-cookie'])) ?? [];
      if (reply.statusCode !== 204 || value === undefined) throw new Error(`No sign-in: ${reply.body}`);
      return value;
    },
    async getAccessToken(of) {
      const backEnd = { name: 'Back end', type: 'MachineToMachine' } as const;
      const { id, secret } = of ?? (await services.applications.create(backEnd));
      const reply = await app.inject({
        method: 'POST',
        url: '/oidc/token',
        headers: {
          authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        payload: new URLSearchParams({
          grant_type: 'client_credentials',
          resource: apiIndicator,
          scope: of?.scope ?? 'all',
        }).toString(),
      });
      if (reply.statusCode !== 200) throw new Error(reply.json().error_description);
      return reply.json().access_token;
    },
    close: async () => {
      await app.close();
      await store.close();
    },
  };
}
