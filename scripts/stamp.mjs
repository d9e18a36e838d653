import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** Installed, made, or of no consequence for what is made. */
const notInputs = /^(dist|node_modules|schema\.d\.ts|\.inputs)$|\.test\.ts$/;

/**
 * Tells whether something is there and was made of what is there now. Paths are relative to the repository; the stamp
 * is the file that holds the digest of the inputs.
 */
export function isMade({ file, stamp, inputs }) {
  if (![file, stamp].every((path) => existsSync(join(root, path)))) return false;
  return readFileSync(join(root, stamp), 'utf8') === stampOf(inputs);
}

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
