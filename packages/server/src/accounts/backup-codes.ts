import { createHmac, type KeyObject } from 'node:crypto';
import { type NoticeChange, withPlainDigits } from '@sesame/connector-kit';
import type { CompiledQuery } from 'kysely';
import { ApiError } from '../errors.ts';
import { newId, type Platform } from '../platform.ts';
import {
  areBackupCodes,
  type BackupCodeSet,
  endingBackupCodes,
  findBackupCodes,
  givingFirstBackupCodes,
  hasNoneUnused,
  replacingBackupCodes,
  takeBackupCode,
} from '../store/backup-codes.ts';
import type { FactorsStill } from '../store/second-factors.ts';
import type { Store } from '../store/store.ts';
import type { Proven } from '../store/users.ts';
import { deleteBackupCodeVerifications } from '../store/verifications.ts';
import type { FactorChanges } from './factor-changes.ts';
import type { Noticing } from './noticing.ts';

/** Ten codes of ten digits to the base of 16, as Logto's callers expect them: 40 bits each. */
export const backupCodeCount = 10;
const length = 10;
const alphabet = '0123456789abcdef';

/** Wrong codes for one account, of people whom the server does not know and of each browser that it knows. */
export const backupCodeGuesses = { maxAttempts: 10, windowMs: 15 * 60_000 } as const;

/** So few are said to be few. */
export const fewBackupCodes = 3;

/** What is told of the codes of a user. Times are milliseconds since the epoch. */
export type BackupCodeState = { id: string; createdAt: number; lastUsedAt: number | null; left: number };

type Deps = {
  store: Store;
  platform: Platform;
  /** Of the HMACs. */
  key: KeyObject;
  changes: FactorChanges;
  notices: Noticing;
};

/**
 * The codes that users keep for a second step without their phone. What is kept of them are HMACs; each is good once.
 * Why they are made like this: docs/decisions/0057-backup-codes.md.
 */
export function createBackupCodes({ store, platform, key, changes, notices }: Deps) {
  const digestOf = (code: string, userId: string) =>
    createHmac('sha256', key).update(`${userId}\n${code}`).digest('base64');

  /** What a code before has proven is void with it. */
  const change = (
    userId: string,
    still: FactorsStill,
    { told, changing }: { told: NoticeChange; changing: readonly CompiledQuery<unknown>[] },
  ) => changes.change(userId, still, { told, changing: [...changing, deleteBackupCodeVerifications(store, userId)] });

  const find = (userId: string): Promise<BackupCodeState | undefined> => findBackupCodes(store, userId);

  return {
    find,

    /** How many codes of a user are unused. */
    left: async (userId: string): Promise<number> => (await find(userId))?.left ?? 0,

    /** New codes, which count for nobody before they are given to somebody. @example '07f3c91ab2' */
    generate: (): string[] => Array.from({ length: backupCodeCount }, newCode),

    /** What is kept of the codes of a user. */
    digestsOf: (codes: readonly string[], userId: string): string[] => codes.map((code) => digestOf(code, userId)),

    /**
     * The statements of `givingFirstBackupCodes`.
     * @param isNew whether the user has just been made, so that nobody is told of it
     */
    givingFirst: async (
      set: Omit<BackupCodeSet, 'createdAt'>,
      { isNew }: { isNew: boolean },
    ): Promise<CompiledQuery<unknown>[]> => [
      ...givingFirstBackupCodes(store, { ...set, createdAt: platform.now() }),
      ...(isNew ? [] : await notices.of(set.userId, 'backup-codes-made')),
    ],

    /**
     * Gives a user codes.
     * @param still.isFirst whether nobody may lose unused ones by it
     * @throws ApiError `user.backup_code_already_in_use`, `verification_record.permission_denied`, `entity.not_found`
     */
    async set(
      userId: string,
      digests: readonly string[],
      { isFirst = false, ...proven }: Proven & { isFirst?: boolean },
    ): Promise<void> {
      const set = { id: newId(platform), userId, digests, createdAt: platform.now() };
      const still = { ...proven, holds: isFirst ? [hasNoneUnused(userId)] : [] };
      const made = { told: 'backup-codes-made', changing: replacingBackupCodes(store, set) } as const;
      if (await change(userId, still, made)) return;
      if (isFirst && (await this.left(userId)) > 0) throw new ApiError('user.backup_code_already_in_use');
      await changes.refuse(userId);
    },

    /** Ends the codes of a user. @returns whether these were there @throws ApiError as `set` */
    async end(userId: string, setId: string, proven: Proven = {}): Promise<boolean> {
      const still = { ...proven, holds: [areBackupCodes(userId, setId)] };
      const ended = { told: 'backup-codes-removed', changing: [endingBackupCodes(store, userId)] } as const;
      if (await change(userId, still, ended)) return true;
      if ((await find(userId))?.id === setId) await changes.refuse(userId);
      return false;
    },

    /**
     * Uses a code up, as it was typed.
     * @param usedBy the verification that is made by it
     * @param doing the statements that rest on it
     * @returns whether it was one
     */
    async use(
      userId: string,
      { typed, usedBy }: { typed: string; usedBy: string },
      doing: readonly CompiledQuery<unknown>[],
    ): Promise<boolean> {
      const code = readBackupCode(typed);
      if (code === undefined) return false;
      const taken = { userId, digest: digestOf(code, userId), usedBy, now: platform.now() };
      return takeBackupCode(store, taken, [...doing, ...(await notices.of(userId, 'backup-code-used'))]);
    },
  };

  function newCode(): string {
    return Array.from({ length }, () => alphabet[platform.randomInt(alphabet.length)]).join('');
  }
}
export type BackupCodes = ReturnType<typeof createBackupCodes>;

/** The characters of a code as it was typed, whatever stands between them. @returns `undefined` for what is none */
export function readBackupCode(typed: string): string | undefined {
  const code = withPlainDigits(typed)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return /^[0-9a-f]{10}$/.test(code) ? code : undefined;
}

/**
 * Codes that somebody else has made, such as a page that has shown them.
 * @throws ApiError `user.wrong_backup_code_format` unless they are ten different ones
 */
export function readBackupCodes(given: readonly string[]): string[] {
  const codes = new Set(given.flatMap((code) => (/^[0-9a-f]{10}$/i.test(code) ? [code.toLowerCase()] : [])));
  if (given.length !== backupCodeCount || codes.size !== backupCodeCount) {
    throw new ApiError('user.wrong_backup_code_format');
  }
  return [...codes];
}
