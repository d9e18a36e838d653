import type { TraceEvent } from '../replay/event.ts';
import { type Attack, attack } from './attack.ts';
import { type Population, people } from './people.ts';
import { type Random, seeded } from './random.ts';

type Trace = (random: Random, scale: number) => TraceEvent[];

/** Countries of three sizes: thousands, dozens and a few asks in a day, with many blocks of numbers and with few. */
const big = (scale: number): Population => ({
  numbers: { prefix: '+49151', blocks: 900, digits: 8 },
  perDay: 1000 * scale,
  until: 14,
});
const middle = (scale: number): Population => ({
  numbers: { prefix: '+37061', blocks: 40, digits: 6 },
  perDay: 60 * scale,
  until: 14,
});
const tiny = (scale: number): Population => ({
  numbers: { prefix: '+29821', blocks: 10, digits: 4 },
  perDay: 4 * scale,
  until: 14,
});

const everywhere = (random: Random, scale: number, change: Partial<Population> = {}) =>
  [big, middle, tiny].flatMap((country) => people({ ...country(scale), ...change }, random));

const inOrder = (events: TraceEvent[]) => events.toSorted((a, b) => a.at - b.at);

/** A week of people, and an attack on the big country from the eighth day on. */
const under =
  (ofAttack: (scale: number) => Omit<Attack, 'from'>, change: Partial<Population> = {}): Trace =>
  (random, scale) =>
    inOrder([...everywhere(random, Math.max(scale, 0.1), change), ...attack({ from: 8, ...ofAttack(scale) }, random)]);

const inBig = { prefix: '+49151', digits: 8 };
const spread = { numbers: inBig, messages: 3000, days: 0.5, networks: 3000 };

/** What may happen, by name. `scale` is how many people there are, as a part of the usual. */
export const traces: Readonly<Record<string, Trace>> = {
  'quiet-weeks': (random, scale) => inOrder(everywhere(random, scale)),
  'quiet-weeks-of-few-types': (random, scale) => inOrder(everywhere(random, scale, { converts: 0.7 })),
  launch: (random, scale) => inOrder(everywhere(random, scale, { peaks: [{ from: 7, until: 7.5, factor: 10 }] })),
  'first-launch': (random, scale) =>
    inOrder(everywhere(random, scale, { returning: 0, until: 2, peaks: [{ from: 0, until: 0.2, factor: 10 }] })),
  'new-country': (random, scale) =>
    inOrder([
      ...everywhere(random, scale),
      ...people(
        { numbers: { prefix: '+62812', blocks: 300, digits: 7 }, perDay: 500 * scale, from: 7, until: 14 },
        random,
      ),
    ]),
  campaign: (random, scale) =>
    inOrder([
      ...everywhere(random, scale),
      ...people(
        {
          numbers: { prefix: '+35679', blocks: 30, digits: 6 },
          perDay: 4000 * scale,
          returning: 0,
          from: 7,
          until: 7.2,
        },
        random,
      ),
    ]),
  'operator-outage': (random, scale) =>
    inOrder(everywhere(random, scale, { outage: { from: 8, until: 8.2, share: 0.4 } })),
  concentrated: under(() => ({
    ...spread,
    numbers: { ...inBig, blocks: ['0007', '0008', '0950'] },
  })),
  spread: under(() => spread),
  'spread-from-few-networks': under(() => ({ ...spread, networks: 12 })),
  'spread-from-100000-networks': under(() => ({ ...spread, messages: 20_000, networks: 100_000 })),
  'spread-in-a-middle-country': under(() => ({ ...spread, numbers: { prefix: '+37061', digits: 6 }, messages: 1500 })),
  slow: under(() => ({ ...spread, messages: 40 * 24 * 4, days: 4, networks: 4000 })),
  'typing-a-quarter': under(() => ({ ...spread, answers: 0.25 })),
  'country-never-served': under(() => ({ ...spread, numbers: { prefix: '+62812', digits: 7 }, messages: 2000 })),
  'attack-at-the-start': (random, scale) =>
    inOrder([...everywhere(random, scale, { returning: 0, until: 2 }), ...attack({ ...spread, from: 0.3 }, random)]),
};

/** The lines of a trace. @throws an error that names the traces where there is none of this name */
export function generate(name: string, { seed = 1, scale = 1 }: { seed?: number; scale?: number } = {}): TraceEvent[] {
  const trace = traces[name];
  if (!trace) throw new Error(`There is no trace ${name}; there are ${Object.keys(traces).join(', ')}.`);
  return trace(seeded(seed), scale);
}
