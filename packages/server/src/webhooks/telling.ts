import type { RawBuilder } from 'kysely';
import { newId, type Platform } from '../platform.ts';
import { telling } from '../store/outbox.ts';
import type { Noticed, Store } from '../store/store.ts';
import { type HookEvent, isInteractionHook } from './events.ts';
import { origin } from './origin.ts';

/** Something that webhooks may want to hear of. */
export type Told = {
  event: HookEvent;
  /** What it is about. */
  data?: Record<string, unknown>;
  /** What stands beside that. */
  facts?: Record<string, unknown>;
  /** The user whom it is about, who goes along as at this place of the transaction; without such a user nothing is told. */
  userId?: string | undefined;
  /** What has to hold at this place of the transaction; made where a webhook wants to hear of it. */
  onlyIf?: () => RawBuilder<unknown>;
  /** A name under which it is told once as long as that is remembered. */
  once?: string;
};

/** Puts events into the outbox. */
export type Telling = {
  /** The statements for the transaction that the event tells of; none where no webhook wants to hear of it. */
  of: (told: Told) => Promise<Noticed<unknown>[]>;
  /** Tells of something that changes nothing. */
  now: (told: Told) => Promise<void>;
};

/** Tells nobody. */
export const silentTelling: Telling = { of: async () => [], now: async () => {} };

type Deps = {
  store: Store;
  platform: Pick<Platform, 'now' | 'randomBytes'>;
  /** Whether a webhook wants to hear of an event, from memory. */
  isWanted: (event: HookEvent) => Promise<boolean>;
  /** Called when something new is in the outbox. */
  wake: () => void;
};

export function createTelling({ store, platform, isWanted, wake }: Deps): Telling {
  async function of({ event, data, facts, userId, onlyIf, once }: Told): Promise<Noticed<unknown>[]> {
    if (!(await isWanted(event))) return [];
    const now = platform.now();
    const payload = {
      createdAt: new Date(now).toISOString(),
      ...factsOfOrigin(event),
      ...facts,
      ...(data && { data }),
    };
    const id = once === undefined ? newId(platform) : `${event}:${once}`;
    const statement = telling(store, { id, event, payload: JSON.stringify(payload), userId, onlyIf: onlyIf?.(), now });
    return [{ ...statement, onCommit: wake }];
  }

  return {
    of,
    async now(told) {
      const statements = await of(told);
      if (statements.length > 0) await store.atomically(statements);
    },
  };
}

function factsOfOrigin(event: HookEvent): Record<string, unknown> {
  const { ip, userAgent, operation } = origin.getStore()?.() ?? {};
  if (isInteractionHook(event)) return { userIp: ip, userAgent };
  return { ip, userAgent, ...operation };
}
