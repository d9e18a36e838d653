import type { Channel } from '@sesame/connector-kit';
import type { Connectors } from '../../connectors/connectors.ts';
import type { Platform } from '../../platform.ts';
import { countSending } from '../../store/messages.ts';
import { countGivenUp } from '../../store/outbox.ts';
import type { Store } from '../../store/store.ts';
import { waitingFor } from '../../store/webhook-log.ts';
import type { Hooks } from '../../webhooks/hooks.ts';
import type { Telling } from '../../webhooks/telling.ts';
import { type FailureReason, findFailing } from '../failing.ts';
import { type DroppedCountry, findDroppedCountries } from './dropped-countries.ts';

/** Something that somebody has to look after; times are milliseconds since the epoch. */
export type Alert = { id: string; since: number } & (
  | ({ kind: 'connector' } & FailingConnector)
  | ({ kind: 'country' } & Omit<DroppedCountry, 'since'>)
  /** Messages wait for their provider. */
  | { kind: 'backlog'; waiting: number }
  /**
   * A webhook takes nothing, or is off; of the last day, so many events are not tried again: too many waited, or too
   * long.
   */
  | { kind: 'webhook'; hookId: string; name: string; enabled: boolean; waiting: number; givenUp: number }
);

/** A connector that its provider refuses; without the words of the provider, in which there may be numbers. */
type FailingConnector = {
  channel: Channel;
  connectorId: string | null;
  connectorFactoryId: string | null;
  error: { code: unknown; kind: unknown; providerCode: unknown };
  countries: (string | null)[];
  messages: number;
  people: number;
};

type Deps = {
  store: Store;
  platform: Pick<Platform, 'now'>;
  connectors: Pick<Connectors, 'allLive'>;
  hooks: Pick<Hooks, 'list' | 'isWanted'>;
  events: Telling;
};

const minute = 60_000;
const dayMs = 24 * 60 * minute;
/** A provider takes a few seconds at most. */
const sendingMs = 30_000;
const fewestSending = 20;
const webhookMs = 60 * minute;
/** What is wrong with the settings of a connector concerns everybody; anything else may be these few people’s. */
const fewestPeople = 5;
/** Figures take a while to read. */
const heldMs = minute;

/** Looks for what somebody has to look after. */
export function createAlerts(deps: Deps) {
  const { store, platform, hooks, events } = deps;
  let held: { at: number; alerts: Promise<Alert[]> } | undefined;

  async function find(): Promise<Alert[]> {
    const now = platform.now();
    const { reasons } = await findFailing(deps);
    const dropped = await findDroppedCountries(store, now);
    return [
      ...reasons.filter(concernsAll).map(connectorAlert),
      ...dropped.map((one): Alert => ({ kind: 'country', id: `country:${one.country}`, ...one })),
      ...(await backlog(now)),
      ...(await deafWebhooks(now)),
    ];
  }

  async function backlog(now: number): Promise<Alert[]> {
    const { waiting, since } = await countSending(store, now - sendingMs);
    return waiting < fewestSending || since === null ? [] : [{ kind: 'backlog', id: 'backlog', waiting, since }];
  }

  async function deafWebhooks(now: number): Promise<Alert[]> {
    const found: Alert[] = [];
    for (const { id, name, config, enabled } of await hooks.list()) {
      const { waiting, since: waitingSince } = await waitingFor(store, id);
      const { givenUp, since: lostSince } = await countGivenUp(store, id, now - dayMs);
      const since = waitingSince ?? lostSince;
      const isDeaf = enabled && waitingSince !== null && waitingSince <= now - webhookMs;
      if (since === null || !(isDeaf || givenUp > 0)) continue;
      found.push({
        kind: 'webhook',
        id: `webhook:${id}`,
        hookId: id,
        name: name || (URL.parse(config.url)?.host ?? ''),
        enabled,
        waiting,
        givenUp,
        since,
      });
    }
    return found;
  }

  return {
    /** What is to be looked after, as of the last minute. */
    async current(): Promise<Alert[]> {
      const now = platform.now();
      if (!held || now - held.at >= heldMs || now < held.at) {
        const alerts = find();
        held = { at: now, alerts };
        alerts.catch(() => {
          held = undefined;
        });
      }
      return held.alerts;
    },

    /** Tells webhooks, each alert once, and once a day while it lasts. */
    async watch(): Promise<void> {
      if (!(await hooks.isWanted('Connector.Failing'))) return;
      const day = Math.floor(platform.now() / dayMs);
      for (const alert of await this.current()) {
        await events.now({ event: 'Connector.Failing', data: alert, once: `${alert.id}:${day}` });
      }
    },
  };
}
export type Alerts = ReturnType<typeof createAlerts>;

const concernsAll = ({ connectorId, error, people }: FailureReason): boolean =>
  connectorId === null || error.kind === 'configuration' || people >= fewestPeople;

const connectorAlert = ({ id, since, channel, connectorId, connectorFactoryId, ...reason }: FailureReason): Alert => {
  const { code = null, kind = null, providerCode = null } = reason.error;
  const { countries, messages, people } = reason;
  return {
    ...{ kind: 'connector', id: `connector:${id}`, since, channel, connectorId, connectorFactoryId },
    ...{ error: { code, kind, providerCode }, countries, messages, people },
  };
};
