import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { type Applications, createApplications } from '../../packages/server/src/accounts/applications.ts';
import type { SignInMethods } from '../../packages/server/src/accounts/authentication-methods.ts';
import { createResources, type Resources } from '../../packages/server/src/accounts/resources/resources.ts';
import { createScopes, type Scopes } from '../../packages/server/src/accounts/resources/scopes.ts';
import { ApiError } from '../../packages/server/src/errors.ts';
import type { BeginFlow, MayComeSecond } from '../../packages/server/src/oidc/configuration.ts';
import {
  createInteractions,
  type Interactions,
  type SignInRequest,
} from '../../packages/server/src/oidc/interactions.ts';
import { type MountOidcDeps, mountOidc } from '../../packages/server/src/oidc/mount.ts';
import { createOidcProvider } from '../../packages/server/src/oidc/provider.ts';
import { createUserSessions, type UserSessions } from '../../packages/server/src/oidc/sessions.ts';
import { createSigningKeys, type SigningKeys } from '../../packages/server/src/oidc/signing-keys.ts';
import { platform } from '../../packages/server/src/platform.ts';
import { deriveSecretKeys, type SecretKeys } from '../../packages/server/src/secrets/secret-keys.ts';
import { createHeld, type Held } from '../../packages/server/src/store/held.ts';
import { nothingAlongside, type Store } from '../../packages/server/src/store/store.ts';
import { findUser } from '../../packages/server/src/store/users.ts';
import { type Database, newStore } from './stores.ts';

/** The OpenID Connect endpoints alone, on a real socket. */
export type OidcServer = {
  /** Where the socket is. */
  url: string;
  apiIndicator: string;
  secretKeys: SecretKeys;
  store: Store;
  applications: Applications;
  resources: Resources;
  scopes: Scopes;
  signingKeys: SigningKeys;
  held: Held;
  sessions: UserSessions;
  interactions: Interactions;
  /** The request of this id, for whoever has no key of its flow. */
  findRequest: (id: string) => Promise<SignInRequest | undefined>;
  app: FastifyInstance;
  /** Says who signs in. @returns where the browser goes on */
  finish: (id: string, result: { accountId: string; methods?: SignInMethods }) => Promise<string>;
  /** From now on the clock of our own code moves with `advance` only, however slow the machine. */
  stopClock: () => void;
  /** Moves the clock of our own code; that of oidc-provider stays. */
  advance: (milliseconds: number) => void;
  /** Everything that was logged so far. */
  log: () => string;
  /** What the provider's queries fail with from now on; `undefined`: nothing. */
  failWith: (error: Error | undefined) => void;
  /** What transactions of the provider fail with from now on; `undefined`: nothing. */
  failWritesWith: (error: Error | undefined) => void;
  close: () => Promise<void>;
};

const apiIndicator = 'https://sesame.example/api';

type OidcServerOptions = {
  publicUrl?: string;
  prepare?: (server: OidcServer) => void;
  /** By default every browser that has the key of the flow goes on with what `finish` was told. */
  resume?: MountOidcDeps['resume'];
  beginFlow?: BeginFlow;
  mayComeSecond?: MayComeSecond;
};

/**
 * Serves OpenID Connect on 127.0.0.1 from a fresh store. `publicUrl` is where a proxy would stand in front of it;
 * `prepare` adds routes before it starts.
 */
export async function startOidcServer(
  database: Database,
  {
    publicUrl,
    prepare,
    resume,
    beginFlow = () => ({ key: 'key', ...nothingAlongside }),
    mayComeSecond = async () => [],
  }: OidcServerOptions = {},
): Promise<OidcServer> {
  let offset = 0;
  let stoppedAt: number | undefined;
  const clock = { ...platform, now: () => (stoppedAt ?? platform.now()) + offset };
  const results = new Map<string, { accountId: string; methods: SignInMethods; signedInAt: number }>();
  const store = await newStore(database);
  const secretKeys = deriveSecretKeys('a secret key of the tests, long enough to be one');
  const held = createHeld({ store, platform: clock });
  const signingKeys = await createSigningKeys({ store, platform, held, secretKeys });
  // The issuer names the port, so the socket is there before the application.
  const socket = createServer();
  await new Promise<void>((resolve) => socket.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(socket.address() as AddressInfo).port}`;

  const lines: string[] = [];
  const app = Fastify({
    serverFactory: (handler) => socket.on('request', handler),
    logger: { stream: { write: (line: string) => void lines.push(line) } },
  });
  let failure: Error | undefined;
  let failureOfWrites: Error | undefined;
  const failing = {
    ...store,
    atomically: (async (...unit) => {
      if (failureOfWrites) throw failureOfWrites;
      return store.atomically(...unit);
    }) as Store['atomically'],
    db: store.db.withPlugin({
      transformQuery: ({ node }) => {
        if (failure) throw failure;
        return node;
      },
      transformResult: async ({ result }) => result,
    }),
  };
  const settings = { publicUrl: publicUrl ?? url, apiIndicator };
  const sessions = createUserSessions({ store, platform: clock });
  const oidc = await createOidcProvider({
    store: failing,
    platform: clock,
    held: createHeld({ store: failing, platform: clock }),
    secretKeys,
    signingKeys,
    settings,
    beginFlow,
    mayComeSecond,
    admit: async () => {},
  });
  const resumeWithKey: MountOidcDeps['resume'] = async ({ id, key }) => {
    const result = key === 'key' ? results.get(id) : undefined;
    const user = result && (await findUser(store, 'id', result.accountId));
    return result && { ...result, validFrom: user?.sessions_valid_from ?? 0 };
  };
  mountOidc(app, oidc, { sessions, resume: resume ?? resumeWithKey });

  const server: OidcServer = {
    url,
    apiIndicator,
    secretKeys,
    store,
    applications: createApplications({ store, platform, held }),
    resources: createResources({ store, platform, held, apiIndicator }),
    scopes: createScopes({ store, platform, held }),
    signingKeys,
    held,
    sessions,
    interactions: createInteractions({ store, platform, oidc, sessions, settings }),
    findRequest: async (id) => (await server.interactions.find({ id, keyDigest: '', now: platform.now() }))?.signIn,
    app,
    async finish(id, { accountId, methods = { first: 'pwd', second: undefined } }) {
      const { sessions_valid_from: validFrom } = (await findUser(store, 'id', accountId)) ?? {};
      // After the second in which the sessions before ended, as flows have it.
      const signedInAt = Math.floor(Math.max(Date.now(), (validFrom ?? 0) + 1000) / 1000);
      results.set(id, { accountId, methods, signedInAt });
      const signIn = await server.findRequest(id);
      if (!signIn) throw new ApiError('session.not_found');
      return signIn.resumeUrl;
    },
    stopClock: () => {
      stoppedAt = platform.now();
    },
    advance: (milliseconds) => {
      offset += milliseconds;
    },
    log: () => lines.join(''),
    failWith: (error) => {
      failure = error;
    },
    failWritesWith: (error) => {
      failureOfWrites = error;
    },
    close: async () => {
      await app.close();
      await store.close();
    },
  };
  prepare?.(server);
  await app.ready();
  return server;
}
