import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Platform } from '../../platform.ts';
import { settings } from '../../settings.ts';
import { sync } from '../../store/copy/sqlite-file.ts';
import { CommandError } from '../command-error.ts';
import { type KnownKeys, keyFileOf } from './known-keys.ts';

/** The secret key that is to take the place of another. */
export type NextKey = {
  key: string;
  /** Puts it on the disk, before any data depends on it. */
  keep: () => void;
  /** Nothing depends on it. */
  discard: () => void;
  /** Puts it where Sesame looks for it. @returns what is left to do */
  put: (now: number) => string[];
};

/**
 * The key of a file, or a new one, which an interrupted command may have left beside the key file.
 * @throws CommandError where there is none, or it is none
 */
export function createNextKey(
  { to, keys, folder }: { to: string | undefined; keys: KnownKeys; folder: string },
  { randomBytes }: Pick<Platform, 'randomBytes'>,
): NextKey {
  const file = keyFileOf(folder);
  if (keys.place !== file) return ofSetting(to);
  const staged = `${file}.next`;
  const left = existsSync(staged) ? readFileSync(staged, 'utf8').trim() : undefined;
  const key = left ?? (to === undefined ? randomBytes(32).toString('base64url') : readKey(to));
  if (to !== undefined && key !== readKey(to)) {
    throw new CommandError(
      `An interrupted change left another key in ${staged}. Run the command without --to first: it goes on with that one.`,
    );
  }
  return {
    key,
    keep() {
      if (left === undefined) writeFileSync(staged, `${key}\n`, { flag: 'wx', mode: 0o600, flush: true });
      sync(folder);
    },
    discard: () => rmSync(staged, { force: true }),
    put(now) {
      if (!existsSync(staged)) return [`It is in ${file}.`];
      const old = `${file}.until-${new Date(now).toISOString().replaceAll(':', '-')}`;
      copyFileSync(file, old);
      renameSync(staged, file);
      sync(folder);
      return [
        `The new key is in ${file}. Start Sesame, and keep a copy of the key in another place.`,
        `The old key is in ${old}: backups from before need it. Delete it with them.`,
      ];
    },
  };
}

function ofSetting(to: string | undefined): NextKey {
  if (to === undefined) {
    throw new CommandError(
      'The secret key is in SESAME_SECRET_KEY. Name a file with the new one: ' +
        'openssl rand -base64 48 > new.key; npx sesame change-key --to new.key',
    );
  }
  return {
    key: readKey(to),
    keep() {},
    discard() {},
    put: () => [
      `Set SESAME_SECRET_KEY to what is in ${to} wherever Sesame runs, then start it. Keep a copy of the key in another place.`,
      'Backups from before need the old key: keep it as long as them.',
    ],
  };
}

function readKey(file: string): string {
  if (!existsSync(file)) throw new CommandError(`There is no file ${file}.`);
  const key = readFileSync(file, 'utf8').trim();
  const { parser, takes } = settings.SESAME_SECRET_KEY;
  if (parser.safeParse(key).success) return key;
  throw new CommandError(`${file} is no secret key: it takes ${takes}.`);
}
