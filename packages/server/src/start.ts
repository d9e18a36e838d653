import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { destination } from 'pino';
import { ConfigError, readConfig } from './config.ts';
import { exit } from './exit.ts';
import { createDns } from './network/dns.ts';
import { platform as withoutDns } from './platform.ts';
import { type RunningServer, startServer } from './server.ts';

/** Longer than a provider may take, so that sends in flight can finish. */
const stopTimeoutMs = 35_000;

/** Whoever reads the terminal and stops must not stop the server: it goes on, and drops lines beyond a megabyte. */
const terminal = destination({ dest: 1, sync: false, maxLength: 1024 * 1024 });
const print = (line: string) => void terminal.write(line);

/** Starts the server with the settings of the environment; says in one line why if it cannot. */
export async function start(): Promise<void> {
  // Files of the data folder are nobody else's business.
  process.umask(0o077);
  const handOver = endFirstProcessOnSignals();
  try {
    const config = readConfig(process.env);
    const platform = { ...withoutDns, dns: createDns(config.dns) };
    let server: RunningServer | undefined;
    const onOtherKey = () => server && end(server, 1);
    const deps = { platform, print, followsDatabaseClock: true, onLoaded: collectGarbage, onOtherKey };
    server = await startServer(config, deps);
    handOver();
    stopOnSignals(server);
    print(`Sesame is ready at ${config.publicUrl}\n`);
    print(`  Console: ${config.publicUrl}/console\n`);
    print(`  API reference: ${config.publicUrl}/api/docs\n`);
    if (server.hasInbox) {
      print(
        `  Development inbox, where codes arrive instead of on phones: ${config.publicUrl}/console/development-inbox\n`,
      );
    }
    if (server.setupToken) {
      print(`  Make the first administrator: ${config.publicUrl}/console/set-up?token=${server.setupToken}\n`);
    }
  } catch (error) {
    process.stderr.write(`Sesame cannot start: ${describe(error)}\n`);
    process.exitCode = 1;
  }
}

/**
 * Loading leaves about 50 MB of garbage, which V8 would keep for as long as the server is idle, and the compiled form of
 * what has run for the last time: by itself, V8 clears that away the sixth time that it finds it unused.
 */
function collectGarbage(): void {
  for (const flag of ['--expose-gc', '--bytecode-old-age=1']) setFlagsFromString(flag);
  const collect = runInNewContext('gc') as NonNullable<typeof gc>;
  setFlagsFromString('--no-expose-gc');
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  setFlagsFromString('--bytecode-old-age=6');
}

const stopSignals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * The first process of a container gets none of the signals that it does not listen to, and a start may take minutes:
 * nobody has been let in yet, and what a migration has begun is undone. Every other process is ended by the signal itself,
 * in the middle of a statement of SQLite, too.
 * @returns ends that
 */
function endFirstProcessOnSignals(): () => void {
  if (process.pid !== 1) return () => {};
  const onSignal = () => exit(0);
  for (const signal of stopSignals) process.on(signal, onSignal);
  return () => {
    for (const signal of stopSignals) process.removeListener(signal, onSignal);
  };
}

function stopOnSignals(server: RunningServer): void {
  let isStopping = false;
  const onSignal = () => {
    if (isStopping) exit(1);
    isStopping = true;
    end(server, 0);
  };
  for (const signal of stopSignals) process.on(signal, onSignal);
}

function end({ stop }: RunningServer, exitCode: number): void {
  setTimeout(() => exit(1), stopTimeoutMs).unref();
  stop().then(
    () => exit(exitCode),
    () => exit(1),
  );
}

/** One line: what is wrong and which setting it is about. */
function describe(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  return error instanceof Error ? error.message : String(error);
}
