import { createHash } from 'node:crypto';
import type { Channel } from '@sesame/connector-kit';
import type { Connectors } from '../connectors/connectors.ts';
import type { Platform } from '../platform.ts';
import { type FailingMessage, lastThrough, listFailingMessages } from '../store/failing-messages.ts';
import type { Store } from '../store/store.ts';
import { keyed } from './recipient.ts';

/** Why messages fail now, and whom that has hit; times are milliseconds since the epoch. */
export type FailureReason = {
  /** The same as long as the reason is. */
  id: string;
  channel: Channel;
  connectorId: string | null;
  connectorFactoryId: string | null;
  state: FailingMessage['state'];
  /** What went wrong with the newest of them. */
  error: Record<string, unknown>;
  /** Where to, most hit first; `null` for numbers without a country, and none for mails. */
  countries: (string | null)[];
  messages: number;
  people: number;
  since: number;
  last: number;
};

type Deps = { store: Store; connectors: Pick<Connectors, 'allLive'>; platform: Pick<Platform, 'now'> };

const lookBackMs = 7 * 86_400_000;
const mostMessages = 2_000;
/** So many countries and usage types: to find out that nothing gets through takes a look at all messages since. */
const mostFailing = 20;

/**
 * What is wrong with the live connectors at the moment, most hit first: the failures of a week since one last brought a
 * message of their usage type to their country to the provider, by reason: elsewhere it may work. What the provider
 * took and then refused lasts until one arrives. What is wrong with single recipients is left out.
 * @returns `isMore` where there are so many that only the newest, or the most hit countries, were looked at
 */
export async function findFailing(deps: Deps): Promise<{ reasons: FailureReason[]; isMore: boolean }> {
  const { messages, isMore } = await findFailingMessages(deps);
  const reasons = [...Map.groupBy(messages, idOf)].map(([id, same]) => ({ id, ...describe(same) }));
  return { reasons: reasons.toSorted((one, other) => other.messages - one.messages), isMore };
}

/** The ids of the messages that are counted as failing for a reason. */
export async function idsOfFailing(deps: Deps, reasonId: string): Promise<string[]> {
  const { messages } = await findFailingMessages(deps);
  return messages.filter((message) => idOf(message) === reasonId).map(({ id }) => id);
}

async function findFailingMessages({ store, connectors, platform }: Deps) {
  const from = platform.now() - lookBackMs;
  const found = await listFailingMessages(store, { from, limit: mostMessages });
  const live = new Map((await connectors.allLive()).map(({ row }) => [row.type, row.id]));
  const ofLive = found.filter((message) => message.connector_id === (live.get(channelOf(message)) ?? null));
  const routes = [...Map.groupBy(ofLive, routeOf).values()].toSorted((one, other) => other.length - one.length);
  const failing: FailingMessage[][] = [];
  for (const failures of routes) {
    if (failing.length === mostFailing) break;
    const through = await lastThroughOf(store, failures);
    const current = failures.filter(({ created_at }) => created_at > through);
    if (current.length > 0) failing.push(current);
  }
  return {
    messages: failing.flat(),
    isMore: found.length === mostMessages || failing.length === mostFailing,
  };
}

const routeOf = (message: FailingMessage) =>
  JSON.stringify([channelOf(message), message.connector_id, message.country, message.usage_type, farthest(message)]);

/** How far a message comes that says that what was wrong with this one is over. */
const farthest = ({ state }: FailingMessage) => (state === 'undelivered' ? 'recipient' : 'provider');

/** When a message like these failures, newest first, last got through since the oldest; 0 for never. */
async function lastThroughOf(store: Store, failures: readonly FailingMessage[]): Promise<number> {
  const newest = failures[0] as FailingMessage;
  const { connector_id: connectorId, country, usage_type: usageType } = newest;
  if (connectorId === null) return 0;
  const { created_at: from } = failures.at(-1) as FailingMessage;
  return (await lastThrough(store, { connectorId, country, usageType, to: farthest(newest), from })) ?? 0;
}

const channelOf = ({ recipient }: FailingMessage) => keyed(recipient).channel;

const errorOf = ({ error }: FailingMessage) => JSON.parse(error ?? '{}') as Record<string, unknown>;

/** Letters only: runs of digits are taken for phone numbers, and masked. */
function idOf(message: FailingMessage): string {
  const { code, kind, providerCode, status, isUnsent } = errorOf(message);
  const reason = JSON.stringify([channelOf(message), message.connector_id, code, kind, providerCode, status, isUnsent]);
  const digest = createHash('sha256').update(reason).digest('hex').slice(0, 24);
  return digest.replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '');
}

function describe(messages: readonly FailingMessage[]): Omit<FailureReason, 'id'> {
  const [newest, ...others] = messages.toSorted((one, other) => other.created_at - one.created_at);
  const { connector_id, factory_id, state, created_at } = newest as FailingMessage;
  const channel = channelOf(newest as FailingMessage);
  const byCountry = channel === 'Email' ? [] : [...Map.groupBy(messages, ({ country }) => country)];
  return {
    channel,
    connectorId: connector_id,
    connectorFactoryId: factory_id,
    state,
    error: errorOf(newest as FailingMessage),
    countries: byCountry.toSorted(([, one], [, other]) => other.length - one.length).map(([country]) => country),
    messages: messages.length,
    people: new Set(messages.map(({ recipient }) => recipient)).size,
    since: others.at(-1)?.created_at ?? created_at,
    last: created_at,
  };
}
