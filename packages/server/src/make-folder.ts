import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and what is missing of the way to it; leaves one that is there as it is. `mkdir` with `recursive` tries
 * for ever where a system says that a folder is not there in one that is (Linux in /proc).
 * @param mode who may do what in what is made; everybody what the umask leaves, where nothing is said
 * @throws the error of the system where it cannot be made
 */
export function makeFolder(folder: string, mode = 0o777): void {
  if (isFolder(folder)) return;
  const parent = dirname(folder);
  if (!statSync(parent, { throwIfNoEntry: false })) makeFolder(parent, mode);
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder(folder)) throw error;
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
