import type { NoticeChange } from '@sesame/connector-kit';
import { type RawBuilder, sql } from 'kysely';
import { newId, type Platform } from '../platform.ts';
import { noticing } from '../store/notices.ts';
import { text } from '../store/parameters.ts';
import type { Noticed, Store } from '../store/store.ts';
import { lockUser, type UserChanges } from '../store/users.ts';
import { origin } from '../webhooks/origin.ts';

/** Has the owner of an account told that something was changed which signs in. */
export type Noticing = {
  /**
   * The statements for the transaction of a change; none where nobody is told.
   * @param detail the number or the address that it is about
   */
  of: (userId: string, change: NoticeChange, detail?: string) => Promise<Noticed<unknown>[]>;
  /** The same of what these changes make different, for a place before them: whoever had the account is told. */
  ofChanges: (userId: string, changes: UserChanges) => Promise<Noticed<unknown>[]>;
};

/** Tells nobody. */
export const silentNoticing: Noticing = { of: async () => [], ofChanges: async () => [] };

type Deps = {
  store: Store;
  platform: Pick<Platform, 'now' | 'randomBytes'>;
  /** Whether owners are told at all, from memory. */
  isOn: () => Promise<boolean>;
  /** Called when there is something new to tell. */
  wake: () => void;
};

/** So many wishes of a language are kept. */
const maxLocales = 5;

export function createNoticing({ store, platform, isOn, wake }: Deps): Noticing {
  function statement(userId: string, change: RawBuilder<unknown>, more: Partial<Parameters<typeof noticing>[1]> = {}) {
    const { operation, locales = [] } = origin.getStore()?.() ?? {};
    const actor = operation === undefined ? 'user' : 'operator';
    const wished = actor === 'user' ? locales.slice(0, maxLocales) : [];
    const by = { actor, locales: JSON.stringify(wished) } as const;
    const notice = { id: newId(platform), user_id: userId, change, ...by, now: platform.now(), ...more };
    return { ...noticing(store, notice), onCommit: wake };
  }

  return {
    of: async (userId, change, detail = undefined) =>
      (await isOn()) ? [statement(userId, text(change), detail === undefined ? {} : { detail: text(detail) })] : [],

    async ofChanges(userId, changes) {
      const { phone, email, email_key, username, skips_second_factor: skips } = changes;
      const isAny = [phone, email_key, username, skips].some((value) => value !== undefined);
      if (!isAny || !(await isOn())) return [];
      const ofRecipient = (name: 'phone' | 'email', column: 'phone' | 'email_key', [key, now]: [unknown, unknown]) => {
        if (key === undefined) return [];
        const [after, before] = [key as string | null, sql.ref(column)];
        const change = sql`case when ${before} is null then ${text(`${name}-added`)}
          when ${text(after)} is null then ${text(`${name}-removed`)} else ${text(`${name}-changed`)} end`;
        const onlyIf = sql`${before} is distinct from ${text(after)}`;
        // Of several, it says which one is gone.
        const detail = now === null ? sql.ref(name) : text(now as string);
        return [statement(userId, change, { detail, onlyIf })];
      };
      const ofUsername =
        username === undefined ? [] : [sql`username is distinct from ${text(username as string | null)}`];
      const ofSecondStep = skips === undefined ? [] : [sql`skips_second_factor <> ${sql.lit(skips)}`];
      return [
        lockUser(store, userId),
        ...ofRecipient('phone', 'phone', [phone, phone]),
        ...ofRecipient('email', 'email_key', [email_key, email]),
        ...ofUsername.map((onlyIf) => statement(userId, text('username-changed'), { onlyIf })),
        ...ofSecondStep.map((onlyIf) =>
          statement(userId, text(skips === 0 ? 'second-step-on' : 'second-step-off'), { onlyIf }),
        ),
      ];
    },
  };
}
