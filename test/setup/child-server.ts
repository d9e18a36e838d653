import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import { createManagementClient, type ManagementClient, managementApplication } from './management-client.ts';
import { type Database, newMigratedLocation, newStoreLocation } from './stores.ts';

/** A server in a process of its own, as `npm start` runs it. */
export type ChildServer = {
  baseUrl: string;
  publicUrl: string;
  management: ManagementClient;
  pid: number | undefined;
  stdout: () => string;
  stderr: () => string;
  /** Sends a signal and waits for the end of the process. @returns its exit code; null if the signal ended it */
  kill: (signal: NodeJS.Signals) => Promise<number | null>;
  /** Sends a signal, and leaves it to `exited` to wait. */
  signal: (signal: NodeJS.Signals) => void;
  /** Resolves with the exit code when the process has ended. */
  exited: Promise<number | null>;
};

/** How a process that could not start ended. */
export type FailedStart = { exitCode: number | null; stdout: string; stderr: string };

const main = fileURLToPath(new URL('../../packages/server/src/main.mjs', import.meta.url));

/** Settings that every child is started with. */
const commonEnv = {
  SESAME_HOST: '127.0.0.1',
  SESAME_SECRET_KEY: 'the secret key of every test server',
  SESAME_MANAGEMENT_CLIENT_ID: managementApplication.id,
  SESAME_MANAGEMENT_CLIENT_SECRET: managementApplication.secret,
};

type ChildData = { env: Record<string, string>; remove: () => void };

/** A place for the data of children, as settings, and the way to remove it. */
export const newChildData = (database: Database): Promise<ChildData> => asSettings(newMigratedLocation(database));

/** As `newChildData`, but without tables, as on a first start. */
export const newEmptyChildData = (database: Database): Promise<ChildData> => asSettings(newStoreLocation(database));

async function asSettings(place: ReturnType<typeof newStoreLocation>): Promise<ChildData> {
  const { location, remove } = await place;
  const env: Record<string, string> =
    'databaseUrl' in location ? { SESAME_DATABASE_URL: location.databaseUrl } : { SESAME_DATA_DIR: location.dataDir };
  return { env, remove };
}

/** Starts a process and waits until it says that it is ready. @throws when it ends before that */
export async function startChildServer(env: Record<string, string>): Promise<ChildServer> {
  const port = env.SESAME_PORT ?? String(await freePort());
  const child = run({ ...env, SESAME_PORT: port });
  const isReady = await Promise.race([child.ready.then(() => true), child.exited.then(() => false)]);
  if (!isReady) throw new Error(`The server did not start: ${child.stderr()}`);
  const publicUrl = env.SESAME_PUBLIC_URL ?? `http://localhost:${port}`;
  const baseUrl = `http://127.0.0.1:${port}`;
  return { ...child, baseUrl, publicUrl, management: createManagementClient(baseUrl, publicUrl) };
}

/** Starts a process that is expected to refuse to start. */
export async function startInVain(env: Record<string, string>): Promise<FailedStart> {
  const child = run(env);
  const exitCode = await Promise.race([
    child.exited,
    child.ready.then(async () => {
      await child.kill('SIGKILL');
      throw new Error('The server started.');
    }),
  ]);
  return { exitCode, stdout: child.stdout(), stderr: child.stderr() };
}

function run(env: Record<string, string>) {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [main], {
    env: { PATH, HOME, ...commonEnv, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  const ready = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      if (stdout.includes('Sesame is ready at')) resolve();
    });
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  // 'close' comes after the last output was read, 'exit' may come before.
  const exited = once(child, 'close').then(([code]) => code as number | null);
  return {
    pid: child.pid,
    ready,
    exited,
    stdout: () => stdout,
    stderr: () => stderr,
    signal: (signal: NodeJS.Signals) => void child.kill(signal),
    kill(signal: NodeJS.Signals) {
      child.kill(signal);
      return exited;
    },
  };
}
