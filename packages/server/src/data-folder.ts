import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes the data folder and what is missing of the way to it, for this user alone; leaves one that is there as it is.
 * `mkdir` with `recursive` tries for ever where a system says that a folder is not there in one that is (Linux in /proc).
 * @throws the error of the system where it cannot be made
 */
export function makeDataFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(folder);
  if (!statSync(parent, { throwIfNoEntry: false })) makeDataFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
