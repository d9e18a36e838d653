import type { TraceEvent } from '../replay/event.ts';
import type { Random } from './random.ts';
import { blockDigits, type Numbering } from './residents.ts';

/** Which numbers bots take: any of the country, those of blocks where people live, one block after the other, or a few. */
export type Aim =
  | { at: 'any' }
  | { at: 'lived'; blocks: number }
  | { at: 'rotating'; each: number }
  | { at: 'few'; blocks: readonly string[] };

/** From where they come. */
export type Origin = 'homes' | 'racks' | 'rotating' | 'IPv6';

export type Bots = {
  numbering: Numbering;
  aim: Aim;
  origin: Origin;
  /** How many addresses. */
  addresses: number;
  messages: number;
  /** Days. */
  from: number;
  days: number;
  answers: number;
  passes: number;
  /** How they come: one like the other, in bursts, or more and more. */
  pace: 'even' | 'bursts' | 'rising';
  /** Browsers that they use again and again; fresh ones and none where there are no such. */
  devices: number;
};

const day = 86_400;

function addressesOf({ origin, addresses }: Bots, random: Random): (index: number) => string {
  const octet = () => 1 + random.below(254);
  if (origin === 'racks') {
    const racks = Array.from(
      { length: Math.ceil(addresses / 100) },
      () => `${random.pick([5, 45, 185])}.${octet()}.${octet()}`,
    );
    return () => `${random.pick(racks)}.${1 + random.below(Math.min(100, addresses))}`;
  }
  if (origin === 'IPv6') {
    const around = Array.from(
      { length: Math.ceil(addresses / 5000) },
      () => `2a0${random.below(10)}:${(8192 + random.below(999)).toString(16)}`,
    );
    return () =>
      `${random.pick(around)}:${random.below(65_536).toString(16)}:${random.below(65_536).toString(16)}::${random.below(99)}`;
  }
  const homes = Array.from(
    { length: addresses },
    () => `${60 + random.below(140)}.${random.below(256)}.${random.below(256)}.${octet()}`,
  );
  if (origin === 'rotating') return (index) => homes[Math.floor(index / 3) % homes.length] ?? '';
  return () => random.pick(homes);
}

function numbersOf({ numbering, aim }: Bots, random: Random): (index: number) => string {
  const { prefix, digits, ofBlock } = numbering;
  const within = digits - ofBlock;
  const first = random.below(10 ** ofBlock);
  return (index) => {
    if (aim.at === 'any') return `${prefix}${random.digits(digits)}`;
    if (aim.at === 'lived')
      return `${prefix}${blockDigits(numbering, random.below(aim.blocks))}${random.digits(within)}`;
    if (aim.at === 'few') return `${prefix}${random.pick(aim.blocks)}${random.digits(within)}`;
    const block = (first + Math.floor(index / aim.each)) % 10 ** ofBlock;
    return `${prefix}${String(block).padStart(ofBlock, '0')}${String((index * 3) % 10 ** within).padStart(within, '0')}`;
  };
}

/** What bots ask for. */
export function bots(attack: Bots, random: Random): TraceEvent[] {
  const { messages, from, days, pace, devices, answers, passes } = attack;
  const [addressOf, numberOf] = [addressesOf(attack, random), numbersOf(attack, random)];
  const burst = 40 + random.below(200);
  const placeOf = (index: number) => {
    if (pace === 'bursts') return (index - (index % burst) + 0.05 * (index % burst)) / messages;
    return pace === 'rising' ? Math.sqrt(index / messages) : index / messages;
  };
  return Array.from({ length: messages }, (_, index) => ({
    at: (from + days * placeOf(index)) * day + random.next(),
    phone: numberOf(index),
    network: addressOf(index),
    device: devices > 0 ? `b${random.below(devices)}` : random.pick([null, `b${random.digits(12)}`]),
    kind: 'attack',
    answers: random.chance(answers),
    passesCheck: random.chance(passes),
  }));
}
