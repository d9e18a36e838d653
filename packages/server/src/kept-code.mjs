import { createHash, hash } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const digestBytes = 32;

/**
 * Whether nobody else can put compiled code where Node keeps it. By default that is a folder with a name that everybody
 * knows, in one where everybody may make folders; and Node takes what it finds there.
 */
export function mayKeepCode() {
  // Whoever names another folder knows who may write to it; Windows has one for each user.
  if (process.env.NODE_COMPILE_CACHE || !process.getuid) return true;
  const folder = join(tmpdir(), 'node-compile-cache');
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch {
    // It is there, or cannot be.
  }
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && [0, process.getuid()].includes(found.uid) && (found.mode & 0o002) === 0;
}

/**
 * The compiled code of this source, in a file of this folder, if there is one. V8 runs what it is given if it was made by
 * the same V8 of a source of the same length: so that nothing else is, not even what a crash of the machine has left, a
 * digest of the source and the code comes before it.
 */
export function keptCode(folder, { file, source }) {
  const path = folder && join(folder, `sesame-${hash('sha1', file)}`);
  const digestOf = (code) => createHash('sha256').update(source, 'latin1').update(code).digest();

  return {
    read() {
      if (!path) return undefined;
      try {
        const found = readFileSync(path);
        const code = found.subarray(digestBytes);
        return digestOf(code).equals(found.subarray(0, digestBytes)) ? code : undefined;
      } catch {
        return undefined;
      }
    },

    /** In one step, as several servers may start at once. What cannot be kept is compiled by the next start as well. */
    write(code) {
      if (!path) return;
      const part = `${path}.${process.pid}`;
      try {
        writeFileSync(part, Buffer.concat([digestOf(code), code]), { mode: 0o600 });
        renameSync(part, path);
      } catch {
        rmSync(part, { force: true });
      }
    },
  };
}
