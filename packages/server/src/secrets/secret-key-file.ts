import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError } from '../config.ts';
import { makeFolder } from '../make-folder.ts';
import type { Platform } from '../platform.ts';
import { isVaried } from '../settings.ts';

const keyBytes = 32;
const minCharacters = 32;
const readableByOthers = 0o004;

type Deps = Pick<Platform, 'randomBytes'> & {
  /** Told of a key file that others can read. */
  warn: (sentence: string) => void;
};

/**
 * The server's secret key: the setting, or else the key file in the data folder, made when there is none. Several
 * processes that start at once end up with the same key.
 * @throws ConfigError when the key file cannot be made or read
 */
export function loadSecretKey(
  { secretKey, dataDir }: Pick<Config, 'secretKey' | 'dataDir'>,
  { randomBytes, warn }: Deps,
): string {
  if (secretKey !== undefined) return secretKey;
  const file = join(dataDir, 'secret.key');
  try {
    makeFolder(dataDir, 0o700);
    makeKeyFile(file, randomBytes);
    const { mode } = statFile(file);
    if (process.platform !== 'win32' && mode & readableByOthers) {
      warn(`Every user of this machine can read ${file}; run: chmod 600 ${file}`);
    }
    return checked(readFileSync(file, 'utf8').trim(), file);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const { code = '', message } = error as NodeJS.ErrnoException;
    const why = reasons[code] ?? (code || message);
    throw new ConfigError(
      isThere(file)
        ? `The key file ${file} cannot be used: ${why}. Let this user read it, or set SESAME_SECRET_KEY in its place.`
        : `SESAME_DATA_DIR (${dataDir}) cannot be used: ${why}. Choose a folder that this user may write to.`,
    );
  }
}

/** Why a file or a folder could not be used, by the code of the system. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not do that',
  EPERM: 'this user may not do that',
  EROFS: 'nothing can be written there',
  ENOSPC: 'the disk is full',
  EEXIST: 'it is no folder',
  EISDIR: 'it is no file',
  ENOTDIR: 'a part of its path is no folder',
  ENOENT: 'no file can be made there',
};

/** Reading anything else, such as a pipe, may never end. @throws with the code `EISDIR` */
function statFile(file: string): Stats {
  const stats = statSync(file);
  if (stats.isFile()) return stats;
  throw Object.assign(new Error(), { code: 'EISDIR' });
}

function isThere(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/** Leaves an existing file alone. The key is on the disk before the file has its name, so nobody reads half of it. */
function makeKeyFile(file: string, randomBytes: Platform['randomBytes']): void {
  if (statSync(file, { throwIfNoEntry: false })) return;
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  try {
    writeFileSync(draft, `${randomBytes(keyBytes).toString('base64url')}\n`, { flag: 'wx', mode: 0o600, flush: true });
    linkSync(draft, file);
    syncFolder(join(file, '..'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Without it a power cut could take the name of a file whose key is in use already. Windows cannot. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function checked(key: string, file: string): string {
  const isLong = key.length >= minCharacters;
  if (isLong && isVaried(key)) return key;
  const fault = isLong ? 'repeats a few characters' : `has fewer than ${minCharacters} characters`;
  throw new ConfigError(`The key file ${file} ${fault}; put back the one from a backup.`);
}
