import type { Platform } from '../platform.ts';
import { type Settlement, settleMessage } from '../store/messages.ts';
import type { Store } from '../store/store.ts';
import type { MessagesTable } from '../store/tables/messages.ts';
import type { InFlight } from './in-flight.ts';
import type { Observer } from './observer.ts';

/** Together about a minute; after that housekeeping calls the message unclear. */
const maxSettleDelayMs = 32_000;

type Deps = { store: Store; platform: Platform; observer: Observer; inFlight: InFlight };

/**
 * Records what became of a message. The message is out, or refused, whatever the record says: nobody waits for it, and
 * where it fails it is tried again in the background.
 */
export function createSettle({ store, platform, observer, inFlight }: Deps) {
  return function settle(message: MessagesTable, settlement: Settlement): void {
    observer.messageSettled(settlement.state, message.factory_id);
    const { cost, cost_currency: currency, country, factory_id: factoryId, connector_id } = message;
    const isOut = settlement.state === 'accepted' || settlement.state === 'unclear';
    if (isOut && connector_id !== null && cost && currency) observer.smsCosts({ country, factoryId, currency, cost });
    const record = () => settleMessage(store, message, settlement, platform.now());
    const recorded = record().catch((error: unknown) => {
      observer.settlingFailed(message.id, error);
      return settleLater(record);
    });
    inFlight.track(recorded, 'records');
  };

  async function settleLater(record: () => Promise<void>): Promise<void> {
    for (let delayMs = 1_000; delayMs <= maxSettleDelayMs && !inFlight.isDraining(); delayMs *= 2) {
      await inFlight.pause(platform.sleep(delayMs));
      const isDone = await record().then(
        () => true,
        () => false,
      );
      if (isDone) return;
    }
  }
}
export type Settle = ReturnType<typeof createSettle>;
