import type { Connectors } from '../connectors/connectors.ts';
import type { Platform } from '../platform.ts';
import { type FailingMessage, lastTaken, listFailingMessages } from '../store/failing-messages.ts';
import type { Store } from '../store/store.ts';

/** Why messages fail now, and whom that has hit; times are milliseconds since the epoch. */
export type FailureReason = {
  connectorId: string | null;
  connectorFactoryId: string | null;
  state: FailingMessage['state'];
  /** What went wrong with the newest of them. */
  error: Record<string, unknown>;
  messages: number;
  people: number;
  since: number;
  last: number;
};

const lookBackMs = 7 * 86_400_000;
const mostMessages = 2_000;

/**
 * What is wrong with the live connector at the moment, most hit first: the failures of a week since it last brought a
 * message of their usage type to the provider, by reason. What is wrong with single numbers is left out.
 * @returns `isMore` where there are so many that only the newest were looked at
 */
export async function findFailing({
  store,
  connectors,
  platform,
}: {
  store: Store;
  connectors: Pick<Connectors, 'live'>;
  platform: Pick<Platform, 'now'>;
}): Promise<{ reasons: FailureReason[]; isMore: boolean }> {
  const from = platform.now() - lookBackMs;
  const found = await listFailingMessages(store, { from, limit: mostMessages });
  const live = await connectors.live('Sms');
  const connectorId = live?.row.id ?? null;
  const ofLive = found.filter(({ connector_id }) => connector_id === connectorId);
  const usageTypes = [...new Set(ofLive.map(({ usage_type }) => usage_type))];
  const taken = new Map<string, number>();
  for (const usageType of connectorId === null ? [] : usageTypes) {
    const at = await lastTaken(store, { connectorId: connectorId as string, usageType, from });
    if (at !== undefined) taken.set(usageType, at);
  }
  const current = ofLive.filter(({ usage_type, created_at }) => created_at > (taken.get(usage_type) ?? 0));
  const reasons = [...Map.groupBy(current, reasonOf).values()].map(describe);
  return {
    reasons: reasons.toSorted((one, other) => other.messages - one.messages),
    isMore: found.length === mostMessages,
  };
}

const errorOf = ({ error }: FailingMessage) => JSON.parse(error ?? '{}') as Record<string, unknown>;

function reasonOf(message: FailingMessage): string {
  const { code, kind, providerCode, status, isUnsent } = errorOf(message);
  return JSON.stringify([code, kind, providerCode, status, isUnsent]);
}

function describe(messages: [FailingMessage, ...FailingMessage[]] | FailingMessage[]): FailureReason {
  const newest = messages[0] as FailingMessage;
  return {
    connectorId: newest.connector_id,
    connectorFactoryId: newest.factory_id,
    state: newest.state,
    error: errorOf(newest),
    messages: messages.length,
    people: new Set(messages.map(({ recipient }) => recipient)).size,
    since: (messages.at(-1) as FailingMessage).created_at,
    last: newest.created_at,
  };
}
