import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { createAuthenticate } from './http/authenticate.ts';
import { startHousekeeping } from './jobs/housekeeping.ts';
import { silentObserver } from './observer.ts';
import { mountOidc } from './oidc/mount.ts';
import { createOidcProvider } from './oidc/provider.ts';
import { createSigningKeys } from './oidc/signing-keys.ts';
import type { Platform } from './platform.ts';
import { checkSecretKey } from './secret-key-check.ts';
import { loadSecretKey } from './secret-key-file.ts';
import { deriveSecretKeys } from './secret-keys.ts';
import { createServices, type Services } from './services.ts';
import { openStore } from './store/store.ts';

/** A server that listens. */
export type RunningServer = {
  services: Services;
  /** The port it really listens on, where the settings said 0. */
  port: number;
  /** Takes no new requests, lets those in flight and their sends finish, then closes the store. */
  stop: () => Promise<void>;
};

/** What the server takes from outside beside its settings. */
export type ServerDeps = {
  platform: Platform;
  /** Lines for the person at the terminal. */
  print: (line: string) => void;
};

/** Opens the store, seeds what the settings name, and listens. @throws ConfigError, or what kept it from starting */
export async function startServer(config: Config, { platform, print }: ServerDeps): Promise<RunningServer> {
  const warn = (sentence: string) => print(`Warning: ${sentence}\n`);
  for (const sentence of config.warnings) warn(sentence);
  const secretKeys = deriveSecretKeys(loadSecretKey(config, { randomBytes: platform.randomBytes, warn }));
  const { databaseUrl, dataDir } = config;
  const store = await openStore(databaseUrl ? { databaseUrl } : { dataDir });
  try {
    await checkSecretKey(store, secretKeys, platform);
    const services = await createServices({ store, platform, secretKeys, observer: silentObserver, print });
    await seed(config, services);
    const app = await buildApp(config, services);
    await app.listen({ port: config.port, host: config.host });
    const stopHousekeeping = startHousekeeping({
      store,
      platform,
      messageRetentionDays: config.messageRetentionDays,
      onError: (error) => app.log.error({ err: error }, 'housekeeping failed; it is tried again in a minute'),
    });
    const stop = async () => {
      await app.close();
      await services.messaging.drain();
      await stopHousekeeping();
      await store.close();
    };
    return { services, port: (app.server.address() as AddressInfo).port, stop };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function seed(config: Config, { applications, connectors }: Services): Promise<void> {
  if (config.managementClient) await applications.seed({ ...config.managementClient, name: 'Management API' });
  if (!config.isProduction) await connectors.setUpDevelopmentInbox();
}

async function buildApp(config: Config, services: Services): Promise<FastifyInstance> {
  const { store, platform, secretKeys, applications } = services;
  const settings = { publicUrl: config.publicUrl, apiIndicator: config.apiIndicator };
  const signingKeys = await createSigningKeys({ store, platform, secretKeys });
  const oidc = await createOidcProvider({ store, platform, secretKeys, signingKeys, settings });
  return createApp({
    services,
    settings: { publicUrl: config.publicUrl, trustProxy: config.trustedProxies },
    authenticate: createAuthenticate({ applications, signingKeys, platform, settings }),
    logger: { level: config.logLevel },
    mounts: [(app) => mountOidc(app, oidc)],
  });
}
