import type { Cap, Spent } from '../../store/spendings.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** The periods that are capped, by UTC. */
export const periods = ['hour', 'day', 'month'] as const;
export type Period = (typeof periods)[number];

/** What policies call the caps of each period; named here once, as every send looks at all of them. */
const maxMessages = { hour: 'maxMessagesPerHour', day: 'maxMessagesPerDay', month: 'maxMessagesPerMonth' } as const;
const maxCost = { hour: 'maxCostPerHour', day: 'maxCostPerDay', month: 'maxCostPerMonth' } as const;

/** How much may be spent in each period: messages, and money in the currency of the prices; null for any amount. */
export type CapAmounts = Record<(typeof maxMessages | typeof maxCost)[Period], number | null>;

/** Caps for everything, and for each of some countries. */
export type CapPolicy = CapAmounts & {
  perCountry: readonly (Partial<CapAmounts> & { countries: readonly string[] })[];
};

/**
 * A cap that holds now: of which period and currency, and of which country, where it is of one. `startsAt` is in
 * milliseconds since the epoch.
 */
export type HoldingCap = Cap & { period: Period; country: string | undefined; currency: string; startsAt: number };

/** A period and how much of it is used up; money in millionths. */
export type CapUse = HoldingCap & {
  messages: number;
  cost: number;
  /** The larger of what is used up of the two: 1 where one is full. */
  share: number;
};

/** From here on administrators are warned. */
export const warningShare = 0.8;

/** The periods that a send to a country counts in. Only those with a cap are there. */
export function capsFor(
  policy: CapPolicy,
  { country, currency, now }: { country: string | undefined; currency: string; now: number },
): HoldingCap[] {
  const own = policy.perCountry.find(({ countries }) => country !== undefined && countries.includes(country));
  return [...capsOf(policy, undefined, currency, now), ...(own ? capsOf(own, country, currency, now) : [])];
}

/** Every cap that holds now. */
export const allCaps = (policy: CapPolicy, currency: string, now: number): HoldingCap[] => [
  ...capsOf(policy, undefined, currency, now),
  ...policy.perCountry.flatMap((own) => own.countries.flatMap((country) => capsOf(own, country, currency, now))),
];

function capsOf(
  amounts: Partial<CapAmounts>,
  country: string | undefined,
  currency: string,
  now: number,
): HoldingCap[] {
  return periods.flatMap((period) => {
    const [messages, cost] = [amounts[maxMessages[period]] ?? null, amounts[maxCost[period]] ?? null];
    if (messages === null && cost === null) return [];
    const { name, ...times } = periodAt(period, now);
    return {
      // Where the currency changes, what was spent in another one is no part of it.
      key: `${period}/${name}/${country ?? 'all'}/${currency}`,
      ...{ period, country, currency, ...times },
      maxMessages: messages,
      maxCost: cost === null ? null : Math.round(cost * 1_000_000),
    };
  });
}

function periodAt(period: Period, now: number): { name: number; startsAt: number; endsAt: number } {
  if (period === 'month') {
    const [year, month] = [new Date(now).getUTCFullYear(), new Date(now).getUTCMonth()];
    return { name: year * 12 + month, startsAt: Date.UTC(year, month), endsAt: Date.UTC(year, month + 1) };
  }
  const length = period === 'hour' ? hour : day;
  const name = Math.floor(now / length);
  return { name, startsAt: name * length, endsAt: (name + 1) * length };
}

/** The same without a limit, for those who are served whatever was spent. */
export const withoutLimit = (cap: HoldingCap): HoldingCap => ({ ...cap, maxMessages: null, maxCost: null });

/** How much is used up of caps, by what was spent. */
export function usesOf(caps: readonly HoldingCap[], spent: readonly Spent[]): CapUse[] {
  const byKey = new Map(spent.map((one) => [one.key, one]));
  return caps.map((cap) => {
    const { messages, cost } = byKey.get(cap.key) ?? { messages: 0, cost: 0 };
    const shares = [
      cap.maxMessages === null ? 0 : messages / cap.maxMessages,
      cap.maxCost === null ? 0 : cost / cap.maxCost,
    ];
    return { ...cap, messages, cost, share: Math.max(...shares) };
  });
}
