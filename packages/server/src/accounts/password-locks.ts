import type { Platform } from '../platform.ts';
import { findSignInAttempts, forgetSignInAttempts } from '../store/sign-in-attempts.ts';
import type { Store } from '../store/store.ts';
import { guessesAtAccount, guessesAtName, passwordWindowMs } from './password-attempts.ts';
import { userAttemptLimits } from './user-passwords.ts';
import type { User } from './user-record.ts';

/** What a user is known by. */
type UserName = 'username' | 'primaryPhone' | 'primaryEmail' | 'otherPhone' | 'otherEmail';

/** What keeps people from a password that is right. Times are milliseconds since the epoch. */
export type PasswordLock = {
  /** Wrong ones of strangers in the window that is open, at all names of the account. */
  wrong: number;
  /** Where so many are wrong, strangers are told that the right one is, too. */
  maxWrong: number;
  /** Whose passwords are not taken, and at which name; `account` is what does not show to them. */
  blocked: { caller: 'strangers' | 'known-browser'; at: UserName | 'account'; until: number }[];
};

/** Wrong passwords are counted for an account, and at each name for strangers and for each browser that is known. */
export function createPasswordLocks({ store, platform }: { store: Store; platform: Platform }) {
  const { perName: maxWrong } = userAttemptLimits;

  /** @param devices the browsers that are known to the user */
  function countersOf(user: User, devices: readonly string[]) {
    const { otherPhones = [], otherEmails = [] } = user;
    const names = [
      ['username', 'username', user.username],
      ['primaryPhone', 'phone', user.primaryPhone],
      ['primaryEmail', 'email_key', user.primaryEmail?.toLowerCase() ?? null],
      ...otherPhones.map((phone) => ['otherPhone', 'phone', phone] as const),
      ...otherEmails.map((email) => ['otherEmail', 'email_key', email.toLowerCase()] as const),
    ] as const;
    return [
      { key: guessesAtAccount('user', user.id), caller: 'strangers', at: 'account' } as const,
      ...names.flatMap(([at, field, value]) => {
        const ofName = (by: string) => guessesAtName({ type: 'user', field, value: value ?? '' }, by);
        return value === null
          ? []
          : [
              { key: ofName('strangers'), caller: 'strangers', at } as const,
              ...devices.map((device) => ({ key: ofName(`device:${device}`), caller: 'known-browser', at }) as const),
            ];
      }),
    ];
  }

  return {
    /** What there is at the moment. */
    async of(user: User, devices: readonly string[]): Promise<PasswordLock> {
      const now = platform.now();
      const counters = countersOf(user, devices);
      const rows = await findSignInAttempts(
        store,
        counters.map(({ key }) => key),
      );
      const open = counters.flatMap((counter) => {
        const row = rows.find(({ key }) => key === counter.key);
        const until = (row?.window_started_at ?? 0) + passwordWindowMs;
        return row && until > now ? [{ ...counter, attempts: row.attempts, until }] : [];
      });
      return {
        wrong: open.find(({ at }) => at === 'account')?.attempts ?? 0,
        maxWrong,
        blocked: open.flatMap(({ caller, at, until, attempts }) =>
          attempts >= maxWrong ? [{ caller, at, until }] : [],
        ),
      };
    },

    /** Forgets all wrong passwords. */
    lift: (user: User, devices: readonly string[]): Promise<void> =>
      forgetSignInAttempts(
        store,
        countersOf(user, devices).map(({ key }) => key),
      ),
  };
}
export type PasswordLocks = ReturnType<typeof createPasswordLocks>;
