import { createHmac, type KeyObject } from 'node:crypto';
import type { Platform } from '../platform.ts';
import { type DigestForm, listDigestForms } from '../store/digest-forms.ts';
import type { Store } from '../store/store.ts';

/** What passwords are compared with that are typed for nobody. */
export type StandIns = {
  /** The digest for this name; nothing where no user has any, or where they were not counted yet. */
  of: (name: string) => string | undefined;
  /** Counts how many users have which digests. Where that cannot be done just now, what was counted before goes on. */
  look: () => Promise<void>;
};

/** How long it counts how many users have which digests, in milliseconds. They are counted only while somebody signs in. */
const heldMs = 10 * 60_000;

/**
 * What other systems kept of passwords may take ten times as long to check as ours. So a name that is nobody's is answered
 * as somebody's would be: with a digest of the same name each time, and with as many of each form as users have
 * (docs/decisions/0050-stand-ins-of-passwords.md).
 * @param key without it nobody can tell which digest a name gets
 */
export function createStandIns({
  store,
  platform,
  key,
}: {
  store: Pick<Store, 'reader'>;
  platform: Pick<Platform, 'now'>;
  key: KeyObject;
}): StandIns {
  let forms: readonly DigestForm[] = [];
  let lookedAt: number | undefined;

  async function look(): Promise<void> {
    lookedAt = platform.now();
    forms = await listDigestForms(store).catch(() => forms);
  }

  return {
    of(name) {
      const now = platform.now();
      // Nobody waits for it: it may take seconds where there are millions of users.
      if (lookedAt === undefined || now - lookedAt >= heldMs || now < lookedAt) void look();
      const all = forms.reduce((sum, { users }) => sum + users, 0);
      let place = (createHmac('sha256', key).update(name).digest().readUIntBE(0, 6) / 2 ** 48) * all;
      return forms.find(({ users }) => {
        place -= users;
        return place < 0;
      })?.example;
    },
    look,
  };
}
