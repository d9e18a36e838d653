import type { TraceEvent } from '../replay/event.ts';
import { type Bots, bots } from './bots.ts';
import { type Random, seeded } from './random.ts';
import { blockDigits, type Numbering, type Residents, residents } from './residents.ts';
import type { Varied } from './varied.ts';

/** Countries that people are from. */
const numberings: readonly Numbering[] = [
  { country: 'GB', prefix: '+4474', digits: 8, ofBlock: 4 },
  { country: 'BR', prefix: '+551199', digits: 7, ofBlock: 3 },
  { country: 'JP', prefix: '+8190', digits: 8, ofBlock: 4 },
  { country: 'ES', prefix: '+3465', digits: 7, ofBlock: 3 },
  { country: 'PL', prefix: '+4860', digits: 7, ofBlock: 3 },
  { country: 'KE', prefix: '+25471', digits: 7, ofBlock: 3 },
  { country: 'AU', prefix: '+6141', digits: 7, ofBlock: 3 },
  { country: 'CA', prefix: '+14165', digits: 6, ofBlock: 2 },
];
const neverServed: readonly Numbering[] = [
  { country: 'UZ', prefix: '+99890', digits: 7, ofBlock: 3 },
  { country: 'TN', prefix: '+21620', digits: 6, ofBlock: 2 },
  { country: 'PK', prefix: '+92300', digits: 7, ofBlock: 3 },
];

const between = (random: Random, least: number, most: number) => least * (most / least) ** random.next();

/** A product: a country of its own, and some beside it. */
type Product = { own: Residents; all: Residents[]; begins: number };

type Size = { isNew?: boolean; least?: number; most?: number };

function productOf(random: Random, { isNew = false, least = 8, most = 300 }: Size = {}): Product {
  const places = numberings.toSorted(() => random.next() - 0.5);
  const of = (numbering: Numbering, newPerDay: number): Residents => ({
    ...{ numbering, newPerDay, from: 0, until: isNew ? 3 : 12 },
    ...{
      againPerDay: isNew ? 0.02 : between(random, 0.02, 0.2),
      before: isNew ? 0 : Math.ceil(newPerDay * between(random, 1, 20)),
    },
    blocks: Math.min(10 ** numbering.ofBlock / 4, Math.ceil(between(random, 6, 1500))),
    ...{ converts: 0.6 + 0.33 * random.next(), passes: 0.95 + 0.045 * random.next() },
    ...{ dawn: random.next(), weekend: 0.4 + random.next() },
  });
  const own = of(places[0] as Numbering, between(random, least, most));
  const beside = places.slice(1, 2 + random.below(4)).map((place) => of(place, between(random, 1, 40)));
  return { own, all: [own, ...beside], begins: isNew ? 0.3 + random.next() : 7 + 2 * random.next() };
}

const peopleOf = ({ all }: Product, random: Random) => all.flatMap((place) => residents(place, random));

function attackOn({ own, begins }: Product, of: Partial<Bots>, random: Random): TraceEvent[] {
  const usual: Bots = {
    numbering: own.numbering,
    aim: random.pick([
      { at: 'any' },
      { at: 'lived', blocks: own.blocks },
      { at: 'rotating', each: 10 + random.below(60) },
    ]),
    origin: random.pick(['homes', 'racks', 'rotating', 'IPv6']),
    addresses: Math.ceil(between(random, 5, 50_000)),
    messages: Math.round(between(random, 1200, 8000)),
    ...{ from: begins, days: between(random, 0.08, 2), answers: 0, passes: random.pick([0, 0.02, 0.05]) },
    pace: random.pick(['even', 'bursts', 'rising']),
    devices: random.pick([0, 0, 1, 20]),
  };
  return bots({ ...usual, ...of }, random);
}

type Made = { country: string | undefined; events: TraceEvent[] };
const attacked =
  (of: (product: Product, random: Random) => Partial<Bots>, given: Size = {}) =>
  (random: Random): Made => {
    const product = productOf(random, given);
    const attack = attackOn(product, of(product, random), random);
    return { country: product.own.numbering.country, events: [...peopleOf(product, random), ...attack] };
  };

const emptyBlocks = ({ own: { numbering, blocks } }: Product, count: number) =>
  Array.from({ length: count }, (_, index) => blockDigits(numbering, blocks + 1 + index));

const rows = {
  quiet(random: Random): Made {
    return { country: undefined, events: peopleOf(productOf(random, { isNew: random.chance(0.3), least: 1 }), random) };
  },
  launch(random: Random): Made {
    const product = productOf(random);
    const { own, begins } = product;
    const waves = [{ from: begins, until: begins + between(random, 0.1, 0.8), factor: 10 }];
    return {
      country: undefined,
      events: peopleOf({ ...product, all: [{ ...own, waves }, ...product.all.slice(1)] }, random),
    };
  },
  'a country newly opened': (random: Random): Made => {
    const product = productOf(random);
    const opened = { ...productOf(random).own, numbering: random.pick(neverServed), before: 0, from: product.begins };
    return { country: undefined, events: peopleOf({ ...product, all: [...product.all, opened] }, random) };
  },
  'an operator down': (random: Random): Made => {
    const product = productOf(random);
    const { own, begins } = product;
    const outage = { from: begins, until: begins + between(random, 0.1, 1), share: 0.15 + 0.6 * random.next() };
    const events = peopleOf({ ...product, all: [{ ...own, outage }, ...product.all.slice(1)] }, random);
    return { country: own.numbering.country, events };
  },
  'a block': attacked((product, random) => ({
    aim: { at: 'few', blocks: emptyBlocks(product, 1) },
    messages: Math.round(between(random, 60, 4000)),
  })),
  'a block where people live': attacked(({ own }, random) => ({
    aim: { at: 'few', blocks: [blockDigits(own.numbering, random.below(own.blocks))] },
  })),
  'a few blocks': attacked((product, random) => ({
    aim: { at: 'few', blocks: emptyBlocks(product, 2 + random.below(4)) },
  })),
  'all over': attacked(() => ({})),
  'blocks in turn': attacked((_, random) => ({ aim: { at: 'rotating', each: 5 + random.below(100) }, passes: 0.05 })),
  'from 100,000': attacked(() => ({ addresses: 100_000, origin: 'homes', passes: 0.05 })),
  'slow for days': attacked((_, random) => {
    const days = 2 + 3 * random.next();
    return { days, messages: Math.round(24 * 40 * days), passes: 0.05, pace: 'even' };
  }),
  'a quarter typed': attacked(() => ({ answers: 0.25, passes: 0.05 })),
  'slow, a quarter typed': attacked((_, random) => {
    const days = 2 + 3 * random.next();
    return { days, messages: Math.round(24 * 40 * days), answers: 0.25, passes: 0.05, pace: 'even' };
  }),
  'two countries at once': (random: Random): Made => {
    const product = productOf(random);
    const [own, other] = product.all as [Residents, Residents];
    const of = { passes: 0.05, from: product.begins };
    const attacks = [attackOn(product, of, random), attackOn({ ...product, own: other }, of, random)];
    return { country: own.numbering.country, events: [...peopleOf(product, random), ...attacks.flat()] };
  },
  'during a launch': (random: Random): Made => {
    const product = productOf(random);
    const { own, begins } = product;
    const waves = [{ from: begins - 0.1, until: begins + 0.5, factor: 10 }];
    const all = [{ ...own, waves }, ...product.all.slice(1)];
    return {
      country: own.numbering.country,
      events: [...peopleOf({ ...product, all }, random), ...attackOn(product, { passes: 0.05 }, random)],
    };
  },
  'while an operator is down': (random: Random): Made => {
    const product = productOf(random);
    const { own, begins } = product;
    const outage = { from: begins - 0.2, until: begins + 0.3, share: 0.15 + 0.4 * random.next() };
    const all = [{ ...own, outage }, ...product.all.slice(1)];
    return {
      country: own.numbering.country,
      events: [...peopleOf({ ...product, all }, random), ...attackOn(product, { passes: 0.05 }, random)],
    };
  },
  'a country nobody is served in': (random: Random): Made => {
    const product = productOf(random);
    const numbering = random.pick(neverServed);
    const attack = attackOn({ ...product, own: { ...product.own, numbering } }, { passes: 0.05 }, random);
    return { country: numbering.country, events: [...peopleOf(product, random), ...attack] };
  },
  'quiet, behind few addresses': (random: Random): Made => {
    const product = productOf(random, { most: 1000 });
    const all = product.all.map((place) => ({ ...place, isShared: true }));
    return { country: undefined, events: peopleOf({ ...product, all }, random) };
  },
  'five addresses among many people': attacked(
    (_, random) => {
      const days = 2 + 2 * random.next();
      const slow = {
        days,
        messages: Math.round(24 * 40 * days),
        pace: 'even',
        passes: random.pick([0, 0.05]),
      } as const;
      return { ...slow, origin: 'racks', addresses: 5 };
    },
    { least: 200, most: 1000 },
  ),
  'a quarter typed, browsers again': attacked(() => ({ answers: 0.25, passes: 0.05, devices: 100 })),
  'twenty thousand on few people': attacked(
    () => ({ messages: 20_000, addresses: 100_000, origin: 'homes', passes: 0.05 }),
    { least: 3, most: 30 },
  ),
  'a product begun': attacked(() => ({ passes: 0.05 }), { isNew: true, least: 40 }),
} as const;

export const elsewhereNames = Object.keys(rows) as (keyof typeof rows)[];

/** A trace of a row of another world, another for each seed. */
export function elsewhere(row: keyof typeof rows, seed: number): Varied {
  const { events, country } = rows[row](seeded(seed * 15_485_863 + row.length * 32_452_843));
  const attacks = events.filter(({ kind }) => kind === 'attack').length;
  const made = `seed ${seed}, ${country ?? 'all'}: ${events.length - attacks} of people, ${attacks} of an attack`;
  return { row: row as never, made, country, events: events.toSorted((a, b) => a.at - b.at) };
}
