import { existsSync, statfsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** In memory where there is much room: nothing of a test outlives the machine, so nothing waits for the disk. */
const parent = ['/dev/shm'].find((path) => existsSync(path) && roomOf(path) > 2 ** 31) ?? tmpdir();

function roomOf(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

/** A new folder for a database. @returns its path */
export const newMemoryFolder = (prefix: string): Promise<string> => mkdtemp(join(parent, prefix));
