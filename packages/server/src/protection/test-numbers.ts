import { ApiError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import { purposes } from '../secrets/purposes.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import type { Held } from '../store/held.ts';
import type { Store } from '../store/store.ts';
import type { TestNumbersTable } from '../store/tables/codes.ts';
import { deleteTestNumber, listTestNumbers, putTestNumber } from '../store/test-numbers.ts';

/** More would be looked through at each send. */
export const maxTestNumbers = 100;

/** A number or an address with a fixed code; the code itself is shown to nobody. Times are milliseconds since the epoch. */
export type TestNumber = {
  /** E.164, or an address in lower case. */
  recipient: string;
  note: string;
  codeLength: number;
  /** When it becomes an ordinary one; null for never. */
  expiresAt: number | null;
  createdAt: number;
  updatedAt: number;
};

/** What makes one. */
export type GivenTestNumber = Pick<TestNumber, 'recipient' | 'note' | 'expiresAt'> & { code: string };

type Deps = { store: Store; platform: Platform; held: Held; secretKeys: SecretKeys; publicUrl: string };

/** Numbers and addresses with a fixed code, which cost nothing, send nothing and count nowhere. */
export function createTestNumbers({ store, platform, held, secretKeys, publicUrl }: Deps) {
  /** What is reached by https is taken for production. */
  const isProduction = publicUrl.startsWith('https:');
  const isOver = (expiresAt: number | null) => expiresAt !== null && expiresAt <= platform.now();

  const all = held.value(async () => {
    const rows = await listTestNumbers(store);
    return new Map(rows.map(({ recipient, code, expires_at }) => [recipient, { code, expiresAt: expires_at }]));
  });

  /** @throws ApiError `test_number.expiry_required`, `test_number.expiry_past` */
  function checkExpiry(expiresAt: number | null): void {
    if (expiresAt === null && isProduction) throw new ApiError('test_number.expiry_required');
    if (isOver(expiresAt)) throw new ApiError('test_number.expiry_past');
  }

  const toTestNumber = (row: TestNumbersTable): TestNumber => ({
    recipient: row.recipient,
    note: row.note,
    codeLength: secretKeys.decrypt(row.code, purposes.testNumber()).length,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  });

  return {
    isProduction,

    /** The fixed code of a number or an address, while it is one for tests. */
    async codeOf(recipient: string): Promise<string | undefined> {
      const found = (await all()).get(recipient);
      // One that was made without an end before the server went into production is none there.
      const isNone = found === undefined || isOver(found.expiresAt) || (found.expiresAt === null && isProduction);
      return isNone ? undefined : secretKeys.decrypt(found.code, purposes.testNumber());
    },

    /** When it becomes an ordinary one; undefined for never, and where it is one already. */
    endOf: async (recipient: string): Promise<number | undefined> =>
      (await all()).get(recipient)?.expiresAt ?? undefined,

    /** All of them, also those that are over. */
    list: async (): Promise<TestNumber[]> => (await listTestNumbers(store)).map(toTestNumber),

    /**
     * Makes one, or replaces what it was.
     * @throws ApiError `test_number.expiry_required`, `test_number.expiry_past`, `test_number.too_many`
     */
    async put({ recipient, code, note, expiresAt }: GivenTestNumber): Promise<TestNumber> {
      checkExpiry(expiresAt);
      const now = platform.now();
      const encrypted = secretKeys.encrypt(code, purposes.testNumber());
      const row = { recipient, code: encrypted, note, expires_at: expiresAt, created_at: now, updated_at: now };
      if (!(await putTestNumber(store, row, maxTestNumbers))) throw new ApiError('test_number.too_many');
      return (await this.list()).find((one) => one.recipient === recipient) ?? toTestNumber(row);
    },

    /** @returns whether it was one */
    remove: (recipient: string): Promise<boolean> => deleteTestNumber(store, recipient),
  };
}
export type TestNumbers = ReturnType<typeof createTestNumbers>;
