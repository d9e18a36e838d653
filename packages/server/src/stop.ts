import type { Services } from './services.ts';
import type { Store } from './store/store.ts';

/**
 * A stop that waits for no message takes five seconds at most, in milliseconds: how long a database that has gone silent,
 * webhooks that are being told and providers that are being asked may keep it, and until when from its begin. Whatever is
 * due then has this much longer at least, and what a receiver has not answered this long to be written down.
 */
export const patience = { database: 3_000, receivers: 2_000, untilMs: 4_500, atLeast: 500, record: 250 };

/** What a stop brings to its end. */
export type Stopping = {
  app: { close: () => Promise<unknown> };
  services: {
    messaging: Pick<Services['messaging'], 'drain' | 'drainPreparations' | 'drainSends'>;
    deliverer: Pick<Services['deliverer'], 'stop'>;
    followUps: Pick<Services['followUps'], 'stop'>;
    notices: Pick<Services['notices'], 'stop'>;
    factories: Pick<Services['factories'], 'close'>;
  };
  store: Pick<Store, 'breakOff' | 'close'>;
  /** Ends what looks at the clock of the database. */
  stopClock: () => void;
  stopHousekeeping: () => Promise<void>;
  closeMetrics: () => Promise<void> | undefined;
  /** Milliseconds since some moment, whatever the clock of the server says. */
  elapsed?: () => number;
};

/** Takes no new requests, lets those in flight and their sends finish, then closes the store. */
export function createStop({
  app,
  services: { messaging, deliverer, followUps, notices, factories },
  store,
  stopClock,
  stopHousekeeping,
  closeMetrics,
  elapsed = () => performance.now(),
}: Stopping): () => Promise<void> {
  return async function stop() {
    const endsAt = elapsed() + patience.untilMs;
    const within = (milliseconds: number) => Math.min(milliseconds, Math.max(patience.atLeast, endsAt - elapsed()));
    const breakOffSoon = () => setTimeout(store.breakOff, within(patience.database));
    await app.close();
    const noticesTold = notices.stop();
    // A message that is still to go out may wait for the database; one that is on its way is waited for.
    const impatienceBefore = breakOffSoon();
    await messaging.drainPreparations();
    clearTimeout(impatienceBefore);
    await messaging.drainSends();
    stopClock();
    // Nobody waits for an answer any more.
    const impatience = breakOffSoon();
    const receiversMs = Math.min(patience.receivers, within(patience.database) - patience.record);
    await Promise.all([messaging.drain(), deliverer.stop(receiversMs), followUps.stop(receiversMs), noticesTold]);
    await factories.close();
    await Promise.all([stopHousekeeping(), closeMetrics()]);
    await store.close();
    clearTimeout(impatience);
  };
}
