import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../test/setup/free-port.ts';
import { memoryMbOf } from './process-figures.ts';

/** A server in a process of its own. */
export type ServerProcess = {
  pid: number;
  port: number;
  /** From spawning the process to its first answer, in milliseconds. */
  readyMs: number;
  /** Resident memory in MB (10^6 bytes); `undefined` where there is no /proc. */
  memoryMb: () => number | undefined;
  stop: () => Promise<void>;
};

/** How to start one. */
export type ServerCommand = {
  file: string;
  /** For Node itself. */
  flags?: readonly string[];
  env: (port: number) => Record<string, string>;
  /** Answers 204 as soon as the server can work. */
  statusPath: string;
};

const pollEveryMs = 5;
/** With many rows, a server that looks at all of them takes its time. */
const startTimeoutMs = 180_000;

/** Those that run; none of them outlives this process. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a server on a free port and waits for its first 204. @throws with what the process wrote on stderr */
export async function startServer({ file, flags = [], env, statusPath }: ServerCommand): Promise<ServerProcess> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...flags, file], {
    env: { ...plainEnvironment(), NODE_ENV: 'production', ...env(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  track(child);
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-4_000);
  });
  while (!(await answers(port, statusPath))) {
    const isLate = performance.now() - startedAt > startTimeoutMs;
    if (isLate) child.kill('SIGKILL');
    if (isLate || !running.has(child)) throw new Error(`${file} did not start:\n${complaint}`);
    await sleep(pollEveryMs);
  }
  const readyMs = performance.now() - startedAt;
  return { pid: child.pid ?? 0, port, readyMs, memoryMb: () => memoryMbOf(child.pid), stop: () => stop(child) };
}

/** Stops every server that still runs. */
export async function stopServers(): Promise<void> {
  await Promise.all([...running].map(stop));
}

/** Memory of a Node process that does nothing, in MB, after so many milliseconds. */
export async function bareNodeMemoryMb(idleMs: number): Promise<number | undefined> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1_000_000)'], { stdio: 'ignore' });
  track(child);
  await sleep(idleMs);
  const memoryMb = memoryMbOf(child.pid);
  await stop(child);
  return memoryMb;
}

function track(child: ChildProcess): void {
  running.add(child);
  child.once('exit', () => running.delete(child));
}

/** Settings of whoever runs the benchmark must not change what is measured. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const isForeign = (name: string) => name === 'PORT' || name === 'NODE_OPTIONS' || name.startsWith('SESAME_');
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isForeign(name)));
}

function answers(port: number, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 204);
    }).on('error', () => resolve(false));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (!running.has(child)) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const deadline = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await exited;
  clearTimeout(deadline);
}
