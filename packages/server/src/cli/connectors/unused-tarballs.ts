import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { installedPackages, tarballs } from './installed-packages.ts';

/** Deletes the tarballs that no installed package comes from any more. */
export async function removeUnusedTarballs(folder: string): Promise<void> {
  const used = Object.values(await installedPackages(folder));
  const files = await readdir(join(folder, tarballs)).catch(() => []);
  const unused = files.filter((file) => !used.some((source) => source.endsWith(`/${file}`)));
  await Promise.all(unused.map((file) => rm(join(folder, tarballs, file))));
}
