import { rm } from 'node:fs/promises';
import { readConfig } from '../../packages/server/src/config.ts';
import type { Platform } from '../../packages/server/src/platform.ts';
import { type RunningServer, type ServerDeps, startServer } from '../../packages/server/src/server.ts';
import { freePort } from './free-port.ts';
import { createManagementClient, type ManagementClient, managementApplication } from './management-client.ts';
import { newMemoryFolder } from './memory-folder.ts';
import { platform } from './platform.ts';
import { type Database, lendStore, newMigratedLocation } from './stores.ts';
import { leaveUnguarded } from './unguarded.ts';

/** A server in this process, on a store of its own. */
export type TestServer = Pick<RunningServer, 'services'> & {
  /** Where it listens; tokens and links name `publicUrl` instead. */
  baseUrl: string;
  publicUrl: string;
  management: ManagementClient;
  /** Moves the server's clock; it runs along with the real one. */
  advance: (milliseconds: number) => void;
  /** Until what it returns is called, the clock moves with `advance` only, however slow the machine. */
  stopClock: () => () => void;
  /** What was printed for the person at the terminal. */
  printed: string[];
  /** Lines of the log, as they were written. */
  logged: string[];
  /** Stops the server and removes its data. */
  close: () => Promise<void>;
};

/** What a test may change: parts of the outside world, and settings by their variables. */
export type TestServerOptions = Pick<ServerDeps, 'followsDatabaseClock' | 'openStore'> & {
  platform?: Partial<Platform>;
  env?: Record<string, string>;
};

/** Starts a server on a fresh store, with the development inbox live as on any first start. */
export async function newServer(database: Database, options: TestServerOptions = {}): Promise<TestServer> {
  if (database === 'PostgreSQL') {
    const { location, store } = await lendStore();
    return startTestServer(location, { ...options, openStore: async () => store });
  }
  const { location, remove } = await newMigratedLocation(database);
  const server = await startTestServer(location, options);
  return {
    ...server,
    close: async () => {
      await server.close();
      await remove();
    },
  };
}

/** Settings of a server that browsers and other processes reach where its public URL says, also after a restart. */
export async function reachable(): Promise<Record<string, string>> {
  const port = String(await freePort());
  return { SESAME_PORT: port, SESAME_PUBLIC_URL: `http://localhost:${port}` };
}

/** As `newServer`, but with its public URL where it listens. */
export const newReachableServer = async (database: Database): Promise<TestServer> =>
  newServer(database, { env: await reachable() });

/** Starts a server on the store at `location`; `close` leaves the data there. */
export async function startTestServer(
  location: { databaseUrl: string } | { dataDir: string },
  { platform: changes, env, ...options }: TestServerOptions = {},
): Promise<TestServer> {
  const dataDir = 'dataDir' in location ? location.dataDir : await newMemoryFolder('sesame-server-');
  const config = readConfig({
    SESAME_PUBLIC_URL: 'http://sesame.test',
    SESAME_HOST: '127.0.0.1',
    SESAME_DATA_DIR: dataDir,
    SESAME_DATABASE_URL: 'databaseUrl' in location ? location.databaseUrl : '',
    SESAME_SECRET_KEY: 'the secret key of every test server',
    SESAME_MANAGEMENT_CLIENT_ID: managementApplication.id,
    SESAME_MANAGEMENT_CLIENT_SECRET: managementApplication.secret,
    SESAME_LOG_LEVEL: 'error',
    ...env,
  });
  let offset = 0;
  let stoppedAt: number | undefined;
  const printed: string[] = [];
  const logged: string[] = [];
  const { services, port, stop } = await startServer(env?.SESAME_PORT === undefined ? { ...config, port: 0 } : config, {
    platform: { ...platform, now: () => (stoppedAt ?? Date.now()) + offset, sleep: async () => {}, ...changes },
    print: (line) => void printed.push(line),
    logStream: { write: (line) => void logged.push(line) },
    ...options,
  });
  await leaveUnguarded(services);
  const baseUrl = `http://127.0.0.1:${port}`;
  return {
    services,
    baseUrl,
    publicUrl: config.publicUrl,
    management: createManagementClient(baseUrl, config.publicUrl),
    printed,
    logged,
    advance(milliseconds) {
      offset += milliseconds;
    },
    stopClock() {
      stoppedAt = Date.now();
      return () => {
        stoppedAt = undefined;
      };
    },
    async close() {
      await stop();
      if (!('dataDir' in location)) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
