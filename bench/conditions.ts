import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, platform, release } from 'node:os';
import { join } from 'node:path';
import type { Options } from './options.ts';
import type { Postgres } from './postgres.ts';

type Run = { folder: string; postgres: Postgres | undefined; options: Options };

/** What a figure of this run hangs on, one line each. */
export function describeConditions({ folder, postgres, options }: Run): string[] {
  const { median, slowest } = measureFsync(folder);
  const { rounds, seconds, loadSeconds } = options;
  return [
    `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    `${availableParallelism()} CPUs (${cpus()[0]?.model.trim() || 'unknown model'}), ${platform()} ${release()}`,
    describeOthers(),
    `Node ${process.versions.node}, SQLite ${process.versions.sqlite}, better-auth ${versionOf('better-auth')}, ` +
      `Fastify ${versionOf('fastify')}`,
    ...(postgres ? [`PostgreSQL ${postgres.version} with ${postgres.settings.join(', ')}`] : []),
    `one fsync after a write of 4 KiB: median ${median.toFixed(2)} ms, 99th percentile ${slowest.toFixed(2)} ms`,
    `rounds: ${rounds}; up to ${seconds} s for each figure in each round; memory after ${loadSeconds} s of sends and checks`,
  ];
}

/** What this run itself has done so far is a small part of it. */
function describeOthers(): string {
  const load = loadavg()[0] ?? 0;
  const says = `load average before the first round ${load.toFixed(1)}`;
  return load > availableParallelism() ? `${says}: other work was going on, so rates and times mean little` : says;
}

/** What an fsync costs on the disk under the databases, in milliseconds. */
function measureFsync(folder: string): { median: number; slowest: number } {
  const file = openSync(join(folder, 'fsync'), 'w');
  const page = Buffer.alloc(4096, 1);
  const times = Array.from({ length: 300 }, () => {
    const startedAt = performance.now();
    writeSync(file, page);
    fsyncSync(file);
    return performance.now() - startedAt;
  });
  closeSync(file);
  return { median: percentile(times, 50), slowest: percentile(times, 99) };
}

/** The value that so many percent of the values do not exceed (nearest rank). */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? Number.NaN;
}

function versionOf(name: string): string {
  const file = join(import.meta.dirname, '../node_modules', name, 'package.json');
  return JSON.parse(readFileSync(file, 'utf8')).version;
}
