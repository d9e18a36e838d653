import { LRUCache } from 'lru-cache';
import { newId, type Platform } from '../platform.ts';
import type { Client } from '../protection/client.ts';
import { deviceDays, digestOfTrust } from '../protection/devices.ts';
import { networksOf } from '../protection/networks.ts';
import type { Page, Start } from '../store/listing.ts';
import { everySignIn, forgetDevice, listDevices, listSignIns, recordSignIn } from '../store/sign-ins.ts';
import type { Store } from '../store/store.ts';
import type { SignInMethod, SignInsTable } from '../store/tables/sign-ins.ts';
import { findUser } from '../store/users.ts';

/** A sign-in that succeeded; `at` is milliseconds since the epoch. */
export type SignIn = {
  id: string;
  at: number;
  applicationId: string;
  event: SignInsTable['event'];
  method: SignInMethod;
  /** What is told of where it came from: the first 24 bits of an IPv4 address, 48 of an IPv6 address; may be empty. */
  network: string;
  userAgent: string | null;
};

/** A browser that has signed in, and is known to the user since. */
export type KnownDevice = { id: string; lastSignIn: SignIn };

/** What is recorded of a sign-in. */
export type NewSignIn = Pick<SignIn, 'applicationId' | 'event' | 'method'> & {
  userId: string;
  client: Client;
  userAgent: string | undefined;
  /** What the mark of the browser says from now on; nothing where it gets none. */
  device?: string | undefined;
  /** What the mark says that the browser is trusted by; nothing where it is not. */
  trust?: string | undefined;
};

/** So much of what a browser calls itself is kept. */
export const maxUserAgentLength = 512;
/** Who comes back with the same session is recorded so often for each application and network, however often it is. */
const returnEveryMs = 60 * 60_000;
const maxReturns = 10_000;
const deviceMs = deviceDays * 24 * 60 * 60_000;

export type SignIns = ReturnType<typeof createSignIns>;

/** How users got in, for those whom they ask when they do not. */
export function createSignIns({ store, platform }: { store: Store; platform: Platform }) {
  /** When somebody came back last, as far as this process has seen. */
  const returns = new LRUCache<string, number>({ maxSize: maxReturns, sizeCalculation: () => 1 });
  function isKnownReturn(key: string): boolean {
    const [now, last] = [platform.now(), returns.get(key)];
    if (last !== undefined && Math.abs(now - last) < returnEveryMs) return true;
    returns.set(key, now);
    return false;
  }

  return {
    /** Records a sign-in eventually; nobody waits for it. Of returns with a session, one an hour is enough. */
    async record({ userId, client, userAgent, device = '', trust, ...how }: NewSignIn): Promise<void> {
      const { address, marks } = client;
      const network = address === '' ? '' : networksOf(address)[1].name;
      if (how.method === 'session' && isKnownReturn(`${userId} ${how.applicationId} ${network}`)) return;
      await recordSignIn(store, {
        id: newId(platform),
        user_id: userId,
        at: platform.now(),
        application_id: how.applicationId,
        event: how.event,
        method: how.method,
        network,
        user_agent: userAgent?.slice(0, maxUserAgentLength) || null,
        device,
        // Whoever was signed in already is known as before.
        previous_device: device === '' ? null : previousDevice(marks, userId),
        trust_digest: trust === undefined ? null : digestOfTrust(trust),
        forgotten_at: null,
      });
    },

    /** A page of the sign-ins of a user, newest first. */
    async list(userId: string, page: Page) {
      const { rows, ...listed } = await listSignIns(store, userId, page, platform.now);
      return { entries: rows.map(toSignIn), ...listed };
    },

    /** Every sign-in of a user, newest first, a few hundred at a time. */
    async *every(userId: string, start: Start) {
      for await (const rows of everySignIn(store, userId, start)) yield rows.map(toSignIn);
    },

    /** The browsers that are known to a user, the latest sign-in first. */
    async devices(userId: string): Promise<KnownDevice[]> {
      const user = await findUser(store, 'id', userId);
      const since = Math.max(user?.sessions_valid_from ?? 0, platform.now() - deviceMs);
      const rows = await listDevices(store, userId, since);
      return rows.map((row) => ({ id: row.device, lastSignIn: toSignIn(row) }));
    },

    /** Makes a stranger of a browser. @returns whether it was known */
    forgetDevice: (userId: string, id: string): Promise<boolean> => forgetDevice(store, userId, id, platform.now()),
  };
}

const previousDevice = (marks: Client['marks'], userId: string) =>
  marks.find(({ type, id }) => type === 'user' && id === userId)?.device ?? null;

const toSignIn = (row: SignInsTable): SignIn => ({
  id: row.id,
  at: row.at,
  applicationId: row.application_id,
  event: row.event,
  method: row.method,
  network: row.network,
  userAgent: row.user_agent,
});
