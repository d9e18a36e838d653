import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { namingDatabase, namingPort, openServerStore } from './configured-store.ts';
import { isDevelopmentInbox } from './connectors/factories.ts';
import { describeProblem, installedOptions } from './connectors/installed/installed-options.ts';
import { createAuthenticate } from './http/authenticate.ts';
import { clientOf, recordReturn } from './http/client.ts';
import { listenAt } from './http/listen.ts';
import { loggerOptions } from './http/logging.ts';
import type { Metrics } from './http/metrics.ts';
import { createOidcViews } from './http/pages/parts/oidc-views.ts';
import { startHousekeeping } from './jobs/housekeeping.ts';
import { loggingObserver } from './logging-observer.ts';
import { silentObserver } from './messaging/observer.ts';
import { createInteractions } from './oidc/interactions.ts';
import { mountOidc } from './oidc/mount.ts';
import { createOidcProvider } from './oidc/provider.ts';
import type { Platform } from './platform.ts';
import { hasSignedIn } from './protection/client.ts';
import { networksOf } from './protection/networks.ts';
import { checkSecretKey, isKeyOfDatabase } from './secrets/secret-key-check.ts';
import { loadSecretKey } from './secrets/secret-key-file.ts';
import { deriveSecretKeys, type SecretKeys } from './secrets/secret-keys.ts';
import { seed } from './seed.ts';
import { createServices, type Services } from './services.ts';
import { createStartProgress, describeMigration } from './start-progress.ts';
import { createStop } from './stop.ts';
import { type CommonClock, followDatabaseClock } from './store/database-clock.ts';
import { isUnavailable } from './store/unavailable.ts';
import { version } from './version.ts';

/** A server that listens. */
export type RunningServer = {
  services: Services;
  /** The port it really listens on, where the settings said 0. */
  port: number;
  /** Whether codes go to the development inbox, where people at the terminal look for them. */
  hasInbox: boolean;
  /** For the link that makes the first administrator; `undefined` once there is one. */
  setupToken: string | undefined;
  /** Takes no new requests, lets those in flight and their sends finish, then closes the store. */
  stop: () => Promise<void>;
};

/** What the server takes from outside beside its settings. */
export type ServerDeps = {
  platform: Platform;
  /** Lines for the person at the terminal. */
  print: (line: string) => void;
  /** Where the log goes; to standard output by default. */
  logStream?: Parameters<typeof loggerOptions>[2];
  /** Gives the store that the settings name; by default it is opened. */
  openStore?: typeof openServerStore;
  /** Whether a PostgreSQL says what time it is, as where several processes share it. */
  followsDatabaseClock?: boolean;
  /** Called once, when everything is loaded and nobody is let in yet. */
  onLoaded?: () => void;
  /** Called when the database has been given another secret key: the server is of no use any more. */
  onOtherKey?: () => void;
};

/** Opens the store, seeds what the settings name, and listens. @throws ConfigError, or what kept it from starting */
export async function startServer(
  config: Config,
  {
    platform: own,
    print,
    logStream,
    openStore = openServerStore,
    followsDatabaseClock = false,
    onLoaded = () => {},
    onOtherKey = () => {},
  }: ServerDeps,
): Promise<RunningServer> {
  const warn = (sentence: string) => print(`Warning: ${sentence}\n`);
  for (const sentence of config.warnings) warn(sentence);
  const secretKey = loadSecretKey(config, { randomBytes: own.randomBytes, warn });
  const progress = createStartProgress({ now: own.now, print });
  progress.begin('opening the database');
  const store = await openStore(config, (migration) => progress.begin(describeMigration(migration))).catch(
    (error: unknown) => {
      progress.end();
      throw error;
    },
  );
  let metrics: Awaited<ReturnType<typeof startMetrics>>;
  let clock: CommonClock | undefined;
  let app: FastifyInstance | undefined;
  try {
    if (followsDatabaseClock) clock = await followDatabaseClock(store, own);
    const platform = { ...own, ...(clock && { now: clock.now }) };
    const readings = [secretKey, ...config.olderReadingsOfSecretKey].map(deriveSecretKeys);
    const secretKeys = await checkSecretKey(store, readings as [SecretKeys, ...SecretKeys[]], platform);
    metrics = await startMetrics(config);
    const observer = loggingObserver(metrics?.observer ?? silentObserver, () => app?.log);
    progress.begin('reading what is stored, and the installed connectors');
    const services = await createServices({
      store,
      platform,
      secretKeys,
      observer,
      publicUrl: config.publicUrl,
      apiIndicator: config.apiIndicator,
      isBehindProxy: config.trustedProxies.length > 0,
      allowsPrivateWebhooks: config.allowsPrivateWebhooks,
      // Logs of production are kept and read by many.
      print: config.isProduction ? null : (line) => print(`${line}\n`),
      installed: installedOptions(config, { print, log: () => app?.log }),
    });
    for (const problem of services.factories.problems()) warn(describeProblem(problem));
    progress.begin('setting up what the settings name');
    const setupToken = await seed(config, services);
    const inboxChannels = (await services.connectors.allLive()).flatMap(({ row }) =>
      isDevelopmentInbox(row.factory_id) ? [row.type] : [],
    );
    const hasInbox = inboxChannels.length > 0;
    if (hasInbox && config.publicUrl.startsWith('https:')) warn(inboxInPublic(config, inboxChannels));
    progress.begin(`opening port ${config.port}`);
    const listening = await buildApp(config, services, { metrics, logStream });
    app = listening;
    listening.log.info({ version, node: process.version, database: store.kind }, 'Sesame starts');
    await listening.ready();
    onLoaded();
    const closeDoors = await namingPort('SESAME_PORT', config, listenAt(listening, config));
    progress.end();
    services.deliverer.start();
    services.followUps.start();
    services.notices.start();
    const stopHousekeeping = startHousekeeping({
      store,
      platform,
      signingKeys: services.signingKeys,
      watch: services.alerts.watch.bind(services.alerts),
      messageRetentionDays: config.messageRetentionDays,
      onGivenUp: (hookId, events) =>
        listening.log.warn(
          { hookId, events },
          'too many events wait for a webhook, or too long; the oldest are not tried again',
        ),
      isKeyOfDatabase: () => isKeyOfDatabase(store, secretKeys),
      onOtherKey() {
        listening.log.fatal('the database has been given another secret key; start again with that one');
        onOtherKey();
      },
      onError: (error) => listening.log.error({ err: error }, 'housekeeping failed; it is tried again in a minute'),
    });
    const close = () => {
      closeDoors();
      return listening.close();
    };
    const stop = createStop({
      app: { close },
      services,
      store,
      stopClock: () => clock?.stop(),
      stopHousekeeping,
      closeMetrics: () => metrics?.close(),
    });
    return { services, port: (listening.server.address() as AddressInfo).port, hasInbox, setupToken, stop };
  } catch (error) {
    progress.end();
    clock?.stop();
    await Promise.all([metrics?.close(), store.close()]);
    throw isUnavailable(error) ? await namingDatabase(config, Promise.reject(error)) : error;
  }
}

const inboxInPublic = ({ isProduction }: Config, channels: readonly string[]) =>
  `The development inbox is live at an https address: every code is in the ${isProduction ? 'Console' : 'terminal'} and ` +
  `nothing reaches ${channels.map((channel) => (channel === 'Sms' ? 'a phone' : 'a mailbox')).join(' or ')}. ` +
  `Set up a connector${isProduction ? '' : ', and set NODE_ENV=production'}.`;

/** Loads metrics only when they are on: they cost memory. */
async function startMetrics({
  host,
  metricsPort,
}: Config): Promise<(Metrics & { close: () => Promise<void> }) | undefined> {
  if (metricsPort === undefined) return undefined;
  const { createMetrics, startMetricsServer } = await import('./http/metrics.ts');
  const metrics = createMetrics();
  const at = { host, port: metricsPort };
  const { close } = await namingPort('SESAME_METRICS_PORT', at, startMetricsServer(metrics, at));
  return { ...metrics, close };
}

async function buildApp(
  config: Config,
  services: Services,
  { metrics, logStream }: { metrics: Metrics | undefined; logStream: ServerDeps['logStream'] },
): Promise<FastifyInstance> {
  const {
    store,
    platform,
    held,
    secretKeys,
    applications,
    signingKeys,
    userSessions: sessions,
    signInFlows,
    signIns,
    networks,
    auditLog,
  } = services;
  const { publicUrl, apiIndicator, trustedProxies, logLevel } = config;
  const settings = { publicUrl, apiIndicator };
  const views = createOidcViews(services);
  const oidc = await createOidcProvider({
    store,
    platform,
    held,
    secretKeys,
    signingKeys,
    settings,
    beginFlow: signInFlows.begin,
    mayComeSecond: signInFlows.mayComeSecond,
    admit: (request) => {
      const client = clientOf(request);
      return networks.charge('begin', client, { isKnown: hasSignedIn(client) });
    },
    wrongSecret: ({ application, address }) =>
      auditLog.countFailedSignIn({ network: networksOf(address)[0].name, type: 'application', id: application }),
    views,
  });
  return createApp({
    services,
    settings: { ...settings, trustedProxies, system: { shown: config.shownSettings, feedbackUrl: config.feedbackUrl } },
    authenticate: createAuthenticate({ applications, signingKeys, platform, held, settings }),
    logger: loggerOptions(logLevel, platform, logStream),
    metrics,
    interactions: createInteractions({ store, platform, oidc, sessions, settings }),
    mounts: [
      (app) =>
        mountOidc(app, oidc, {
          sessions,
          resume: signInFlows.resume,
          views,
          signedInAlready: (request, signIn) => recordReturn(request, signIn, { signIns, log: app.log }),
        }),
    ],
  });
}
