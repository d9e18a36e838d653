import type { Store } from '../../store/store.ts';
import { countVerification, type Progress } from '../../store/verification-figures.ts';

/** Of messages that the provider took: how many there were, and how many of them, from 0 to 1. */
export type Share = { sent: number; share: number };

/** A country where far fewer messages come to something than in its own week before. */
export type DroppedCountry = {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Since when it is looked at: milliseconds since the epoch. */
  since: number;
  /** Codes that were typed in, and messages of which the provider says that they arrived. */
  dropped: ('conversion' | 'delivery')[];
  conversion: { now: Share; usual: Share };
  delivery: { now: Share; usual: Share };
};

const hour = 3_600_000;
/** Until then people type their codes in, and reports come. */
const settledMs = 10 * 60_000;
const weekMs = 7 * 24 * hour;
/** The shortest of these that tells something is looked at. */
const windowsMs = [hour, 6 * hour, 24 * hour];
/** So many have to be expected: by chance alone, half of them are missing in one of a thousand such windows. */
const fewestExpected = 25;
const tooLow = 0.5;

type Sums = ReadonlyMap<string, Progress>;

/** The countries where messages of the last hour, or six, or day, come to less than half of what they usually do. */
export async function findDroppedCountries(store: Store, now: number): Promise<DroppedCountry[]> {
  const until = now - settledMs;
  const longest = windowsMs.at(-1) ?? 0;
  const usual = await sumsOf(store, until - longest - weekMs, until - longest);
  if (usual.size === 0) return [];
  const recent = await Promise.all(
    windowsMs.map(async (window) => ({ since: until - window, sums: await sumsOf(store, until - window, until) })),
  );
  return [...usual].flatMap(([country, before]) => {
    const looked = recent.flatMap(({ since, sums }) => compare(country, since, sums.get(country), before) ?? []);
    return looked.find(({ dropped }) => dropped.length > 0) ?? [];
  });
}

async function sumsOf(store: Store, from: number, until: number): Promise<Sums> {
  const sums = new Map<string, Progress>();
  for (const { channel, country, ...found } of (await countVerification(store, { from, until })).byKind) {
    if (channel !== 'Sms' || country === null) continue;
    const sum = sums.get(country) ?? { requested: 0, sent: 0, delivered: 0, verified: 0 };
    sums.set(country, {
      requested: sum.requested + found.requested,
      sent: sum.sent + found.sent,
      delivered: sum.delivered + found.delivered,
      verified: sum.verified + found.verified,
    });
  }
  return sums;
}

/** Compares a time with the week before it; nothing where there were too few messages to tell. */
export function compare(
  country: string,
  since: number,
  now: Progress | undefined,
  usual: Progress,
): DroppedCountry | undefined {
  if (!now || now.sent === 0 || usual.sent === 0) return undefined;
  const pair = (part: 'verified' | 'delivered') => ({
    now: { sent: now.sent, share: now[part] / now.sent },
    usual: { sent: usual.sent, share: usual[part] / usual.sent },
  });
  const [conversion, delivery] = [pair('verified'), pair('delivered')];
  const isTold = (one: { now: Share; usual: Share }) =>
    usual.sent >= now.sent && one.usual.share * now.sent >= fewestExpected && one.now.share < tooLow * one.usual.share;
  const dropped = [
    ...(isTold(conversion) ? (['conversion'] as const) : []),
    ...(isTold(delivery) ? (['delivery'] as const) : []),
  ];
  return { country, since, dropped, conversion, delivery };
}
