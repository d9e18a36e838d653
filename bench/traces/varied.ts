import type { TraceEvent } from '../replay/event.ts';
import { type Attack, attack } from './attack.ts';
import { type Population, people } from './people.ts';
import { type Random, seeded } from './random.ts';

/** What a trace is held against: the share of an attack that is sent, and of the people of its country who are refused. */
export type Varied = {
  row: keyof typeof rows;
  /** What it is made of, for whoever wonders about a figure. */
  made: string;
  /** The country that is under attack, or where people are looked at; all of them where there is none. */
  country: string | undefined;
  events: TraceEvent[];
};

type Land = { country: string; prefix: string; digits: number; last: 3 | 4 };

const lands: readonly Land[] = [
  { country: 'DE', prefix: '+49151', digits: 8, last: 4 },
  { country: 'FR', prefix: '+336', digits: 8, last: 4 },
  { country: 'US', prefix: '+14155', digits: 6, last: 4 },
  { country: 'CN', prefix: '+86138', digits: 8, last: 4 },
  { country: 'IN', prefix: '+9198', digits: 8, last: 4 },
  { country: 'LT', prefix: '+3706', digits: 7, last: 4 },
  { country: 'MT', prefix: '+35679', digits: 6, last: 4 },
  { country: 'FO', prefix: '+29821', digits: 4, last: 3 },
  { country: 'NG', prefix: '+234803', digits: 7, last: 4 },
  { country: 'ID', prefix: '+62812', digits: 8, last: 4 },
];

type Made = Omit<Varied, 'row' | 'made'> & { note?: string };
type World = { land: Land; population: Population; others: TraceEvent[]; begins: number };

const between = (random: Random, least: number, most: number) => least * (most / least) ** random.next();

/** People of one country, and of others beside it, for a week before anything happens; or a product that is new. */
function worldOf(random: Random, perDayBetween: readonly [number, number], isNew = false): World {
  const land = random.pick(lands.slice(0, 7));
  const room = 10 ** (land.digits - land.last);
  const perDay = between(random, ...perDayBetween);
  const population: Population = {
    numbers: { prefix: land.prefix, digits: land.digits, blocks: Math.min(room, Math.ceil(between(random, 10, 2000))) },
    ...{ perDay, returning: isNew ? 0.3 : 0.4 + 0.45 * random.next(), converts: 0.65 + 0.27 * random.next() },
    ...{ passes: 0.95 + 0.045 * random.next(), until: isNew ? 3 : 11 },
  };
  const rest = lands.filter((other) => other !== land && other.country !== 'NG' && other.country !== 'ID').slice(0, 3);
  const others = rest.flatMap(({ prefix, digits }) =>
    people(
      { ...population, numbers: { prefix, digits, blocks: digits < 5 ? 10 : 40 }, perDay: between(random, 2, 120) },
      random,
    ),
  );
  return { land, population, others, begins: isNew ? 0.2 + random.next() : 8 };
}

/** Bots that pass a check in twenty, or none. */
const passesOf = (random: Random) => random.pick([0, 0.05]);

function under(world: World, ofAttack: Partial<Attack>, random: Random): TraceEvent[] {
  const { land, population, others, begins } = world;
  const usual: Attack = {
    numbers: { prefix: land.prefix, digits: land.digits },
    messages: Math.round(between(random, 1000, 8000)),
    ...{ from: begins, days: between(random, 0.1, 1.5), passes: passesOf(random) },
    networks: Math.ceil(between(random, 5, 50_000)),
  };
  return [...people(population, random), ...others, ...attack({ ...usual, ...ofAttack }, random)];
}

const blocksOf = ({ digits, last }: Land, count: number, random: Random) =>
  Array.from({ length: count }, () => random.digits(digits - last));

/** What is made for a row, anew with every seed. */
const rows = {
  quiet(random: Random): Made {
    const { population, others } = worldOf(random, [3, 600], random.chance(0.3));
    return { country: undefined, events: [...people(population, random), ...others] };
  },
  'new country': (random: Random): Made => {
    const { population, others } = worldOf(random, [50, 400]);
    const { prefix, digits } = lands.at(-1) as Land;
    const numbers = { prefix, digits, blocks: Math.ceil(between(random, 20, 1000)) };
    const opened = { ...population, numbers, perDay: between(random, 10, 800), returning: 0.3, from: 7 };
    return { country: undefined, events: [...people(population, random), ...others, ...people(opened, random)] };
  },
  launch(random: Random): Made {
    const { population, others, begins } = worldOf(random, [20, 400], random.chance(0.3));
    const peaks = [{ from: begins, until: begins + between(random, 0.1, 0.6), factor: 10 }];
    return { country: undefined, events: [...people({ ...population, peaks }, random), ...others] };
  },
  outage(random: Random): Made {
    const { land, population, others, begins } = worldOf(random, [20, 600]);
    const outage = { from: begins, until: begins + between(random, 0.1, 0.5), share: 0.25 + 0.5 * random.next() };
    return { country: land.country, events: [...people({ ...population, outage }, random), ...others] };
  },
  'one block': (random: Random): Made => {
    const world = worldOf(random, [20, 400]);
    const { land, population } = world;
    // One where nobody lives.
    const block = String(10 ** (land.digits - land.last) - 1);
    const numbers = { prefix: land.prefix, digits: land.digits, blocks: [block] };
    const isFull = 10 ** (land.digits - land.last) <= population.numbers.blocks;
    const messages = Math.round(between(random, 50, 3000));
    return { country: land.country, events: under(world, { numbers, messages }, random), note: isFull ? 'lived' : '' };
  },
  'one block where people live': (random: Random): Made => {
    const world = worldOf(random, [20, 400]);
    const { land, population } = world;
    const block = String(random.below(population.numbers.blocks)).padStart(land.digits - land.last, '0');
    const numbers = { prefix: land.prefix, digits: land.digits, blocks: [block] };
    return { country: land.country, events: under(world, { numbers, messages: 1500 }, random) };
  },
  concentrated(random: Random): Made {
    const world = worldOf(random, [20, 600]);
    const blocks = blocksOf(world.land, 1 + random.below(5), random);
    const numbers = { prefix: world.land.prefix, digits: world.land.digits, blocks };
    const messages = blocks.length * Math.round(between(random, 900, 2000));
    return { country: world.land.country, events: under(world, { numbers, messages }, random) };
  },
  spread(random: Random): Made {
    const world = worldOf(random, [40, 800]);
    return { country: world.land.country, events: under(world, {}, random) };
  },
  'spread, bots pass one in five': (random: Random): Made => {
    const world = worldOf(random, [40, 800]);
    return { country: world.land.country, events: under(world, { passes: 0.2 }, random) };
  },
  'spread, bots pass one in twenty': (random: Random): Made => {
    const world = worldOf(random, [40, 800]);
    return { country: world.land.country, events: under(world, { passes: 0.05 }, random) };
  },
  'spread from 100,000 networks': (random: Random): Made => {
    const world = worldOf(random, [40, 800]);
    return { country: world.land.country, events: under(world, { passes: 0.05, networks: 100_000 }, random) };
  },
  slow(random: Random): Made {
    const world = worldOf(random, [40, 800]);
    const days = 2 + 4 * random.next();
    const slow = { days, messages: Math.round(24 * 40 * days), passes: 0.05 };
    return { country: world.land.country, events: under(world, slow, random) };
  },
  'typing a quarter': (random: Random): Made => {
    const world = worldOf(random, [40, 800]);
    return { country: world.land.country, events: under(world, { answers: 0.25, passes: 0.05 }, random) };
  },
  'never served': (random: Random): Made => {
    const world = worldOf(random, [40, 400], random.chance(0.3));
    const { country, prefix, digits } = lands[random.chance(0.5) ? 8 : 9] as Land;
    return { country, events: under(world, { numbers: { prefix, digits } }, random) };
  },
  'a product that is new': (random: Random): Made => {
    const world = worldOf(random, [50, 600], true);
    return { country: world.land.country, events: under(world, { passes: 0.05 }, random) };
  },
} as const;

export const rowNames = Object.keys(rows) as (keyof typeof rows)[];

/** A trace of a row, another for each seed. */
export function varied(row: keyof typeof rows, seed: number): Varied {
  const { events, country, note = '' } = rows[row](seeded(seed * 7919 + row.length * 104_729));
  const attacks = events.filter(({ kind }) => kind === 'attack');
  const made = `${note} seed ${seed}, ${country ?? 'all'}: ${events.length - attacks.length} of people, ${attacks.length} of an attack`;
  return { row, made, country, events: events.toSorted((a, b) => a.at - b.at) };
}
