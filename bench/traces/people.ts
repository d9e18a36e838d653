import type { TraceEvent } from '../replay/event.ts';
import type { Random } from './random.ts';

/** Where people live, and how they use codes. */
export type Population = {
  /** What its numbers begin with, and how many digits follow: each is some carrier's ranges of so many blocks. */
  numbers: { prefix: string; blocks: number; digits: number };
  /** Asks in a day. */
  perDay: number;
  /** How many of those who ask have signed in before. */
  returning?: number;
  /** How many type their code in. */
  converts?: number;
  passes?: number;
  /** From when to when, in days, and how many times as many ask in between. */
  from?: number;
  until: number;
  peaks?: readonly { from: number; until: number; factor: number }[];
  /** While an operator is down, in days, so many get no code. */
  outage?: { from: number; until: number; share: number } | undefined;
  /** What their addresses begin with, where they are not from everywhere. */
  addresses?: string;
};

const day = 86_400;
const asksAgain = 0.6;

/** A number of the population, in one of its blocks. */
function numberOf({ numbers: { prefix, blocks, digits } }: Population, random: Random): string {
  const last = digits <= 3 ? 3 : 4;
  const block = String(random.below(blocks)).padStart(digits - last, '0');
  return `${prefix}${block}${random.digits(last)}`;
}

const addressOf = (addresses: string | undefined, random: Random) =>
  `${addresses ?? `${20 + random.below(180)}.${random.below(256)}`}.${random.below(256)}.${1 + random.below(254)}`;

/** People who ask for codes: more by day than at night, some again when none came. */
export function people(population: Population, random: Random): TraceEvent[] {
  const { perDay, returning = 0.7, converts = 0.85, passes = 0.98, from = 0, until, peaks = [], outage } = population;
  const events: TraceEvent[] = [];
  const known: { phone: string; device: string; network: string }[] = [];
  const highest = Math.max(1.8, ...peaks.map(({ factor }) => factor * 1.8));
  for (let at = from * day; ; ) {
    at += random.wait((perDay / day) * highest);
    if (at >= until * day) break;
    const peak = peaks.find((one) => at >= one.from * day && at < one.until * day)?.factor ?? 1;
    const ofDay = 1 + 0.8 * Math.sin((at / day) * 2 * Math.PI);
    if (!random.chance((ofDay * peak) / highest)) continue;
    const isOld = known.length > 20 && random.chance(returning / (peak > 1 ? peak : 1));
    const person = isOld
      ? random.pick(known)
      : {
          phone: numberOf(population, random),
          device: `p${random.digits(12)}`,
          network: addressOf(population.addresses, random),
        };
    const isDown = outage && at >= outage.from * day && at < outage.until * day && random.chance(outage.share);
    const answers = !isDown && random.chance(isOld ? 0.95 : converts);
    const event: TraceEvent = { at, ...person, kind: 'person', answers, passesCheck: random.chance(passes) };
    events.push(event);
    if (answers && !isOld) known.push(person);
    if (!answers && random.chance(asksAgain)) {
      events.push({ ...event, at: at + 40 + random.below(60), answers: !isDown && random.chance(0.5) });
    }
  }
  return events.toSorted((a, b) => a.at - b.at);
}
