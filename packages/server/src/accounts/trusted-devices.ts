import type { CompiledQuery } from 'kysely';
import { newId, type Platform } from '../platform.ts';
import type { Client } from '../protection/client.ts';
import { type Devices, digestOfTrust } from '../protection/devices.ts';
import { networksOf } from '../protection/networks.ts';
import type { Store } from '../store/store.ts';
import type { TrustedDevicesTable } from '../store/tables/users.ts';
import {
  endTrustedDevice,
  listTrustedDevices,
  type TrustedWhich,
  trustingDevice,
  usingTrustedDevice,
} from '../store/trusted-devices.ts';
import { maxUserAgentLength } from './sign-ins.ts';

/** A browser in which a user is not asked for a second code again. Times are milliseconds since the epoch. */
export type TrustedDevice = {
  id: string;
  /** What came second when it was trusted. */
  factor: TrustedDevicesTable['factor'];
  network: string;
  userAgent: string | null;
  createdAt: number;
  lastUsedAt: number | null;
  expiresAt: number;
};

/** The browser that somebody signs in with. */
export type Browser = { client: Client; userAgent: string | undefined };

/** A sign-in that was handed in, and in which a browser is to be trusted. */
export type TrustingSignIn = {
  flowId: string;
  submittedAt: number;
  userId: string;
  factor: TrustedDevice['factor'];
  /** The verification that came second, and when all was proven. */
  proofId: string;
  provenAt: number;
  browser: Browser;
};

type Policy = { enabled: boolean; durationDays: number };
type Deps = { store: Store; platform: Platform; devices: Devices; policy: () => Promise<Policy> };

const dayMs = 24 * 60 * 60_000;

/**
 * Browsers that are trusted for the second factor. The cookie of a known browser carries what it is trusted by; kept is
 * its digest, for one user and some days. Why they are made like this: docs/decisions/0064-trusted-browsers.md.
 */
export function createTrustedDevices({ store, platform, devices, policy }: Deps) {
  async function list(userId: string, which: Pick<TrustedWhich, 'id' | 'digest'> = {}): Promise<TrustedDevice[]> {
    const { enabled, durationDays } = await policy();
    if (!enabled) return [];
    const now = platform.now();
    const rows = await listTrustedDevices(store, { userId, now, since: now - durationDays * dayMs, ...which });
    return rows.map((row) => toTrustedDevice(row, durationDays));
  }

  return {
    /** The trusted browsers of a user, the latest first; none while the policy is off. */
    list: (userId: string): Promise<TrustedDevice[]> => list(userId),

    /** Whether one still is trusted. */
    get: async (userId: string, id: string): Promise<TrustedDevice | undefined> => (await list(userId, { id }))[0],

    /** What a user trusts of the browser that asks; nothing where the user has forgotten it. */
    async find(client: Client, userId: string): Promise<TrustedDevice | undefined> {
      const known = await devices.accounts(client, 'user');
      const trust = known.find(({ id }) => id === userId)?.trust;
      return trust === undefined ? undefined : (await list(userId, { digest: digestOfTrust(trust) }))[0];
    },

    /** Until when a browser would be trusted that is trusted now; undefined while the policy is off. */
    async offeredUntil(): Promise<number | undefined> {
      const { enabled, durationDays } = await policy();
      return enabled ? platform.now() + durationDays * dayMs : undefined;
    },

    /** What the cookie of the browser carries after a sign-in that trusts it. */
    trustOf: (flowId: string, userId: string): string => devices.trustOf(flowId, userId),

    /** The statements that trust a browser with a sign-in that is handed in; none while the policy is off. */
    async trusting({
      userId,
      factor,
      provenAt,
      browser,
      ...ground
    }: TrustingSignIn): Promise<CompiledQuery<unknown>[]> {
      const { enabled, durationDays } = await policy();
      if (!enabled) return [];
      const { address, marks } = browser.client;
      const before = marks.find(({ type, id }) => type === 'user' && id === userId)?.trust;
      const row: TrustedDevicesTable = {
        id: newId(platform),
        user_id: userId,
        digest: digestOfTrust(devices.trustOf(ground.flowId, userId)),
        factor,
        network: address === '' ? '' : networksOf(address)[1].name,
        user_agent: browser.userAgent?.slice(0, maxUserAgentLength) || null,
        created_at: provenAt,
        last_used_at: null,
        expires_at: provenAt + durationDays * dayMs,
      };
      return trustingDevice(store, row, { ...ground, replaced: before === undefined ? '' : digestOfTrust(before) });
    },

    /** The statement that keeps when it was trusted last. */
    using: (id: string, signIn: { flowId: string; submittedAt: number }): CompiledQuery<unknown> =>
      usingTrustedDevice(store, id, signIn),

    /** Trusts a browser no more. @returns whether it was trusted */
    end: (userId: string, id: string): Promise<boolean> => endTrustedDevice(store, userId, id),
  };
}
export type TrustedDevices = ReturnType<typeof createTrustedDevices>;

/** With the end that counts: a policy of fewer days than when it was trusted shortens it. */
const toTrustedDevice = (row: TrustedDevicesTable, durationDays: number): TrustedDevice => ({
  id: row.id,
  factor: row.factor,
  network: row.network,
  userAgent: row.user_agent,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
  expiresAt: Math.min(row.expires_at, row.created_at + durationDays * dayMs),
});
