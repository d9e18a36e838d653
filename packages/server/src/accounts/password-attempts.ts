import { createHash } from 'node:crypto';
import { newId, type Platform } from '../platform.ts';
import type { Client } from '../protection/client.ts';
import type { Devices, TypedAccount } from '../protection/devices.ts';
import { networksOf } from '../protection/networks.ts';
import {
  type AttemptLimit,
  chargeSignInAttempt,
  clearSignInAttempts,
  giveBackSignInAttempt,
} from '../store/sign-in-attempts.ts';
import type { Store } from '../store/store.ts';
import type { Passwords } from './passwords.ts';

/** One password that somebody typed. */
export type PasswordAttempt = {
  /** Of the account with the name that was typed; absent where there is none, which takes as long. */
  digest: string | null | undefined;
  /** What the password is compared with where there is no digest; one of ours where nothing is said. */
  standIn?: string | undefined;
  password: string;
  /** What was typed as the name, whether or not there is such an account. */
  account: TypedAccount;
  /** Of accounts that are known by several names: which one it is, where there is one. */
  known?: { accountId: string | undefined };
  client: Client;
};

/** What came of it. */
export type PasswordAttemptOutcome = 'right' | 'wrong' | { retryAfterSeconds: number };

/** Passwords in a window. */
export type PasswordAttemptLimits = {
  /** Wrong ones for a name, by strangers and by each browser that is known there. */
  perName: number;
  /** Wrong ones of strangers from one network. */
  perAddress: number;
  /**
   * Right ones with the others, as each takes its digest: of strangers from one network, and of known browsers at one
   * account.
   */
  digests: number;
};

export const passwordWindowMs = 15 * 60_000;

/** Checks passwords, each attempt charged before it is looked at. */
export function createPasswordAttempts({
  store,
  platform,
  passwords,
  devices,
  limits,
}: {
  store: Store;
  platform: Platform;
  passwords: Passwords;
  devices: Devices;
  limits: PasswordAttemptLimits;
}) {
  /** A browser that is known has a counter of its own and nothing to do with its network, which strangers may share. */
  function limitsOf({ account, known, client }: PasswordAttempt, device: string | undefined) {
    const { type } = account;
    const name = (by: string): AttemptLimit => ({ key: guessesAtName(account, by), maxAttempts: limits.perName });
    if (device !== undefined) {
      const key = `${type}-passwords:${known?.accountId ?? guessesAtName(account, 'known')}`;
      return { name: name(`device:${device}`), networks: [], digests: [{ key, maxAttempts: limits.digests }] };
    }
    const ofNetworks = (kind: string, most: number): AttemptLimit[] =>
      networksOf(client.address).map(({ name: network, factor }) => ({
        key: `${type}-${kind}:${network}`,
        maxAttempts: most * factor,
      }));
    return {
      name: name('strangers'),
      networks: ofNetworks('address', limits.perAddress),
      digests: ofNetworks('passwords-address', limits.digests),
    };
  }

  /** What strangers may try at an account, by whichever of its names; of what is no account's, at the name. */
  function accountLimitOf({ account, known }: PasswordAttempt): AttemptLimit | undefined {
    if (known === undefined) return undefined;
    const of = known.accountId ?? `${account.field}:${digestOf(account.value)}`;
    return { key: guessesAtAccount(account.type, of), maxAttempts: limits.perName };
  }

  const charge = (...charged: AttemptLimit[]): Promise<number> =>
    chargeSignInAttempt(store, {
      id: newId(platform),
      now: platform.now(),
      windowMs: passwordWindowMs,
      limits: charged,
    });

  /** @throws ApiError `system.busy`, which counts for nothing */
  async function verify({ digest, password, standIn }: PasswordAttempt, charged: AttemptLimit[], isKnown: boolean) {
    try {
      return await passwords.verify(digest, password, isKnown ? 'first' : 'in turn', standIn);
    } catch (error) {
      await giveBackSignInAttempt(store, charged);
      throw error;
    }
  }

  return async (attempt: PasswordAttempt): Promise<PasswordAttemptOutcome> => {
    const device = await devices.find(attempt.client, attempt.account);
    const { name, networks, digests } = limitsOf(attempt, device);
    const wait = await charge(name, ...networks, ...digests);
    if (wait > 0) return { retryAfterSeconds: Math.ceil(wait / 1000) };
    const ofAccount = device === undefined ? accountLimitOf(attempt) : undefined;
    // Not to be told from a wrong password, or one name would tell of another.
    const isSpent = ofAccount !== undefined && (await charge(ofAccount)) > 0;
    const charged = [name, ...networks, ...digests, ...(ofAccount && !isSpent ? [ofAccount] : [])];
    const isRight = await verify(attempt, charged, device !== undefined);
    if (!isRight || isSpent) return 'wrong';
    const cleared = [name, ...(ofAccount ? [ofAccount] : [])];
    await Promise.all([
      ...cleared.map(({ key }) => clearSignInAttempts(store, key)),
      giveBackSignInAttempt(store, networks),
    ]);
    return 'right';
  };
}
/** What guesses of strangers at an account are counted under, whichever of its names they are at. */
export const guessesAtAccount = (type: TypedAccount['type'], id: string): string => `${type}-account:${id}/strangers`;

/** What guesses at what was typed as a name are counted under, of strangers or of one browser that is known there. */
export const guessesAtName = ({ type, field, value }: TypedAccount, by: string): string =>
  `${type}:${field}:${digestOf(value)}/${by}`;

export type PasswordAttempts = ReturnType<typeof createPasswordAttempts>;

/** Anything may have been typed, of any length; each name counts by itself. */
const digestOf = (name: string) => createHash('sha256').update(name.normalize('NFKC').trim()).digest('base64url');
