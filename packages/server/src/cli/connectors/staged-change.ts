import { cp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '../../make-folder.ts';
import { CommandError } from '../command-error.ts';

/**
 * Changes a folder as a whole: `work` gets a copy, which takes the place of the folder when `work` is done and is thrown
 * away when it fails. A crash leaves the old folder or the new one, never half of one.
 * @throws CommandError when another process has changed the folder in the meantime
 */
export async function changeFolder<T>(folder: string, work: (copy: string) => Promise<T>): Promise<T> {
  // Files of the data folder are nobody else's business; npm takes this over.
  const umask = process.umask(0o077);
  try {
    return await replaceFolder(folder, work);
  } finally {
    process.umask(umask);
  }
}

async function replaceFolder<T>(folder: string, work: (copy: string) => Promise<T>): Promise<T> {
  makeFolder(dirname(folder));
  await recover(folder);
  const copy = `${folder}.${process.pid}.new`;
  const lockBefore = await lockOf(folder);
  try {
    await cp(folder, copy, { recursive: true, verbatimSymlinks: true }).catch(ignoreMissing);
    makeFolder(copy);
    const result = await work(copy);
    if ((await lockOf(folder)) !== lockBefore) {
      throw new CommandError('Another command has changed the connectors in the meantime. Run this one again.');
    }
    const old = `${folder}.old`;
    await rename(folder, old).catch(ignoreMissing);
    await rename(copy, folder);
    await rm(old, { recursive: true, force: true });
    return result;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** Puts right what a process that was killed has left. */
async function recover(folder: string): Promise<void> {
  const siblings = await readdir(dirname(folder));
  const name = basename(folder);
  if (siblings.includes(name)) await rm(`${folder}.old`, { recursive: true, force: true });
  else if (siblings.includes(`${name}.old`)) await rename(`${folder}.old`, folder);
  for (const sibling of siblings) {
    const isCopy = sibling.startsWith(`${name}.`) && sibling.endsWith('.new');
    const pid = Number(sibling.slice(name.length + 1, -'.new'.length));
    if (isCopy && Number.isInteger(pid) && !isAlive(pid)) {
      await rm(join(dirname(folder), sibling), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const lockOf = (folder: string) => readFile(join(folder, 'package-lock.json'), 'utf8').catch(() => undefined);

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
