import { existsSync, linkSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sync } from '../../store/copy/sqlite-file.ts';
import { CommandError } from '../command-error.ts';

/** Works in a folder of one's own (mode 0700) on the disk where the outcome is to be. Nothing of it is left. */
export async function inWorkFolder<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(parent, '.sesame-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What file systems without links answer. */
const withoutLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Gives a finished file its name for good. @throws CommandError when there is one of that name */
export function place(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || existsSync(file)) throw new CommandError(`${file} is there already. It was not changed.`);
    if (!withoutLinks.has(code)) throw error;
    renameSync(draft, file);
  }
  sync(dirname(file));
}
