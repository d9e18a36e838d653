import { type ArrivalFilter, type Arrivals, countArrivals } from '../store/arrival-figures.ts';
import { addTimes, quantileOf, type Times } from '../store/arrival-times.ts';
import type { Range } from '../store/hour-sums.ts';
import type { Store } from '../store/store.ts';
import { placeOfMails } from '../store/verification-figures.ts';

/** How long it took, in seconds: for half of them at most, and for nine of ten; `null` where there are none. */
export type Seconds = { median: number | null; p90: number | null };

/** How messages arrived, and what they cost in millionths of each currency. */
export type ArrivalSums = {
  requested: number;
  sent: number;
  /** The provider says that they were delivered. */
  claimed: number;
  delivered: number;
  verified: number;
  secondsToDelivered: Seconds;
  secondsToVerified: Seconds;
  parts: number;
  costs: { currency: string; cost: number }[];
  /** Those of which is known what they cost, so no mails, and whose code was typed in. */
  verifiedAtCost: number;
};

/** Which messages are counted. */
export type ArrivalQuery = Range & {
  connectorFactoryId?: string | undefined;
  country?: string | undefined;
  network?: string | undefined;
};

/** How the messages created in a range arrived; tests are left out. */
export async function countHowMessagesArrive(store: Store, query: ArrivalQuery) {
  const { connectorFactoryId: factory_id, country, network, ...range } = query;
  const filter: ArrivalFilter = { factory_id, country, network };
  const { byHour, byKind } = await countArrivals(store, range, filter);
  return {
    total: sumOf(byKind),
    byConnector: by(byKind, ({ factory_id }) => factory_id),
    byCountry: by(
      byKind.filter((row) => row.country !== placeOfMails),
      (row) => row.country,
    ),
    byNetwork: by(
      byKind.filter((row) => row.network !== ''),
      (row) => row.network,
    ),
    /** The figures of hours (since the epoch) by a key of theirs. */
    byTime: <Key extends string | number>(keyOf: (hour: number) => Key) => by(byHour, ({ hour }) => keyOf(hour)),
  };
}

function by<Row extends Arrivals, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): (ArrivalSums & { key: Key })[] {
  return [...Map.groupBy(rows, keyOf)]
    .map(([key, members]) => ({ key, ...sumOf(members) }))
    .toSorted((one, other) => other.requested - one.requested);
}

function sumOf(rows: readonly Arrivals[]): ArrivalSums {
  const sum = (name: 'requested' | 'sent' | 'claimed' | 'delivered' | 'verified' | 'parts' | 'cost', of = rows) =>
    of.reduce((total, row) => total + row[name], 0);
  const atCost = rows.filter(({ currency }) => currency !== '');
  const byCurrency = Map.groupBy(atCost, ({ currency }) => currency);
  return {
    requested: sum('requested'),
    sent: sum('sent'),
    claimed: sum('claimed'),
    delivered: sum('delivered'),
    verified: sum('verified'),
    secondsToDelivered: secondsOf(addTimes(rows.map(({ deliveredIn }) => deliveredIn))),
    secondsToVerified: secondsOf(addTimes(rows.map(({ verifiedIn }) => verifiedIn))),
    parts: sum('parts'),
    costs: [...byCurrency]
      .map(([currency, members]) => ({ currency, cost: sum('cost', members) }))
      .toSorted((one, other) => (one.currency < other.currency ? -1 : 1)),
    verifiedAtCost: sum('verified', atCost),
  };
}

const secondsOf = (times: Times): Seconds => ({ median: inSeconds(times, 0.5), p90: inSeconds(times, 0.9) });

function inSeconds(times: Times, share: number): number | null {
  const milliseconds = quantileOf(times, share);
  return milliseconds === undefined ? null : Math.round(milliseconds / 100) / 10;
}
