import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Platform } from '../platform.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import { type AccountField, type AccountOfDevice, listAccountsOfDevice } from '../store/device-accounts.ts';
import type { Store } from '../store/store.ts';
import type { Client, DeviceAccount, DeviceMark } from './client.ts';

/** An account as it is typed: by its number, its username, or its id. */
export type TypedAccount = { type: DeviceAccount['type']; field: AccountField; value: string };

/** An account that a browser has signed in to, and since when (milliseconds since the epoch). */
export type KnownAccount = Pick<AccountOfDevice, AccountField | 'others'> &
  Pick<DeviceMark, 'device' | 'since' | 'trust'>;

/** How long a browser is known after it has signed in last. */
export const deviceDays = 180;
const deviceMs = deviceDays * 24 * 60 * 60_000;
/** One browser remembers so many accounts; the one that has not signed in for longest goes first. */
export const maxAccountsPerDevice = 8;
/** Ids of users may have 128 characters. */
const maxCookieLength = 3072;
const deviceBytes = 16;
const trustLength = 22;

/**
 * Browsers that have signed in before, told by a signed cookie, so that strangers never use up what their owners are
 * allowed: https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies. Why it is made like
 * this: docs/decisions/0007-limits-and-devices.md.
 */
export function createDevices({
  store,
  platform,
  secretKeys,
}: {
  store: Store;
  platform: Platform;
  secretKeys: Pick<SecretKeys, 'devices'>;
}) {
  const sign = (payload: string) => createHmac('sha256', secretKeys.devices).update(payload).digest();

  return {
    /** The marks in a cookie; none where it is not ours or too old. */
    read(cookie = ''): DeviceMark[] {
      const [payload = '', signature = ''] = cookie.length > maxCookieLength ? [] : cookie.split('.');
      const [given, expected] = [Buffer.from(signature, 'base64url'), sign(payload)];
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return [];
      const marks: DeviceMark[] = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
      return marks.filter(({ since }) => since > platform.now() - deviceMs);
    },

    /** What a browser is trusted by after a sign-in; told twice, for example by a double click, the same. */
    trustOf: (signIn: string, userId: string): string =>
      sign(`trust ${JSON.stringify([signIn, userId])}`)
        .toString('base64url')
        .slice(0, trustLength),

    /**
     * The cookie of a browser that has just signed in to an account.
     * @param trust what it is trusted by from now on; left out, what it was trusted by before
     */
    mark(
      { marks }: Pick<Client, 'marks'>,
      { type, id }: DeviceAccount,
      trust = marks.find((mark) => mark.type === type && mark.id === id)?.trust,
    ): string {
      const device = platform.randomBytes(deviceBytes).toString('base64url');
      const others = marks.filter((mark) => mark.type !== type || mark.id !== id);
      const all: DeviceMark[] = [
        { type, id, device, since: platform.now(), ...(trust !== undefined && { trust }) },
        ...others,
      ];
      const payload = Buffer.from(JSON.stringify(all.slice(0, maxAccountsPerDevice))).toString('base64url');
      return `${payload}.${sign(payload).toString('base64url')}`;
    },

    /**
     * The accounts that this browser has signed in to, as far as there still are, and they have not thrown it out or
     * forgotten it since. Looks up the accounts of the cookie alone: its time tells strangers of no others.
     */
    async accounts({ marks }: Client, type: DeviceAccount['type']): Promise<KnownAccount[]> {
      const known = marks.filter((mark) => mark.type === type);
      if (known.length === 0) return [];
      const accounts = await listAccountsOfDevice(store, type, known);
      const forgotten = new Set(accounts.map((one) => one.forgotten));
      return known.flatMap(({ id, since, device, trust }) => {
        const account = accounts.find((one) => one.id === id);
        const isVoid = !account || since < (account.validFrom ?? 0) || forgotten.has(device);
        return isVoid ? [] : [{ ...account, device, since, ...(trust !== undefined && { trust }) }];
      });
    },

    /** What the counters of this browser are kept under, if it has signed in to the account that was typed. */
    async find(client: Client, { type, field, value }: TypedAccount): Promise<string | undefined> {
      return (await this.accounts(client, type)).find((account) => isTypedBy(account, field, value))?.device;
    },
  };
}
export type Devices = ReturnType<typeof createDevices>;

/** What is kept of what a browser is trusted by. */
export const digestOfTrust = (trust: string): string => createHash('sha256').update(trust).digest('base64url');

const isRecipient: Record<AccountField, boolean> = { id: false, username: false, phone: true, email_key: true };

/** Whether an account is what was typed; numbers and addresses may be others than the primary ones. */
export const isTypedBy = (account: KnownAccount, field: AccountField, value: string): boolean =>
  account[field] === value ||
  (isRecipient[field] && (account.others?.toLowerCase().split(' ').includes(value) ?? false));

/** A client that is signed in to an account is known there, whether or not its browser brought the cookie along. */
export const signedIn = (client: Client, account: DeviceAccount, session: string): Client => ({
  ...client,
  marks: [{ ...account, device: session, since: Number.POSITIVE_INFINITY }, ...client.marks],
});
