import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** Installed, made, or of no consequence for what is made. */
const notInputs = /^(dist|node_modules|schema\.d\.ts|\.inputs)$|\.test\.ts$/;

/** A digest of the files that something is made of. @param inputs files and folders, relative to the repository */
export function stampOf(inputs) {
  const digest = createHash('sha256');
  for (const file of inputs.flatMap(filesOf)) {
    const content = readFileSync(join(root, file));
    // With the length, no file can pass for the end of another.
    digest.update(`${file}\0${content.length}\0`).update(content);
  }
  return digest.digest('hex');
}

function filesOf(path) {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  const names = readdirSync(join(root, path)).filter((name) => !notInputs.test(name));
  return names.sort().flatMap((name) => filesOf(`${path}/${name}`));
}
