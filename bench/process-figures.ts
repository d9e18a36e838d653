import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time for programs in hundredths of a second (USER_HZ), whatever its own clock. */
const msPerTick = 10;

type ProcessTimes = { pid: number; parent: number; ms: number };

/**
 * CPU time that processes and all below them have used so far, in milliseconds; `undefined` where there is no /proc.
 * The time of those that have ended is in that of whoever waited for them.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export function cpuMsOf(roots: readonly number[]): number | undefined {
  const all = readTimes();
  if (all.length === 0) return undefined;
  const childrenOf = Map.groupBy(all, ({ parent }) => parent);
  const sum = (times: readonly ProcessTimes[]): number =>
    times.reduce((total, { pid, ms }) => total + ms + sum(childrenOf.get(pid) ?? []), 0);
  return sum(all.filter(({ pid }) => roots.includes(pid)));
}

/** Resident memory of a process in MB (10^6 bytes); `undefined` where there is no /proc. */
export function memoryMbOf(pid: number | undefined): number | undefined {
  const status = readText(`/proc/${pid}/status`);
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status ?? '')?.[1];
  return kibibytes === undefined ? undefined : (Number(kibibytes) * 1024) / 1e6;
}

function readTimes(): ProcessTimes[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => timesOf(Number(name)) ?? []);
  } catch {
    return [];
  }
}

function timesOf(pid: number): ProcessTimes | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The name of the program, in parentheses, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((total, field) => total + Number(field), 0);
  return { pid, parent: Number(fields[1]), ms: ticks * msPerTick };
}

/** A process may end between two looks at it. */
function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
