import { createHmac, type KeyObject } from 'node:crypto';
import type { Platform } from '../platform.ts';
import { type DigestForm, listDigestForms } from '../store/digest-forms.ts';
import type { Store } from '../store/store.ts';

/** Gives the digest that a password is compared with where nobody of this name has one; nothing where no user has any. */
export type StandInOf = (name: string) => Promise<string | undefined>;

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
}): StandInOf {
  let forms: DigestForm[] | undefined;
  let looked: { at: number; done: Promise<void> } | undefined;

  /** Where they cannot be counted just now, what was counted before goes on. */
  const look = () =>
    listDigestForms(store).then(
      (found) => {
        forms = found;
      },
      () => {},
    );

  return async (name) => {
    const now = platform.now();
    if (!looked || now - looked.at >= heldMs || now < looked.at) looked = { at: now, done: look() };
    if (!forms) await looked.done;
    const all = (forms ?? []).reduce((sum, { users }) => sum + users, 0);
    let place = (createHmac('sha256', key).update(name).digest().readUIntBE(0, 6) / 2 ** 48) * all;
    return forms?.find(({ users }) => {
      place -= users;
      return place < 0;
    })?.example;
  };
}
