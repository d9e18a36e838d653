import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { availableParallelism, cpus, platform, release } from 'node:os';
import { join } from 'node:path';

/** What a figure of this run hangs on, one line each. */
export function describeConditions({ folder, rounds, seconds }: { folder: string; rounds: number; seconds: number }) {
  const { median, slowest } = measureFsync(folder);
  return [
    `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    `${availableParallelism()} CPUs (${cpus()[0]?.model.trim() || 'unknown model'}), ${platform()} ${release()}`,
    `Node ${process.versions.node}, SQLite ${process.versions.sqlite}, better-auth ${versionOf('better-auth')}, ` +
      `Fastify ${versionOf('fastify')}`,
    `one fsync after a write of 4 KiB: median ${median.toFixed(2)} ms, 99th percentile ${slowest.toFixed(2)} ms`,
    `rounds: ${rounds}; up to ${seconds} s for each figure in each round`,
  ];
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
