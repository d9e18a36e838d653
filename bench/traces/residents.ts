import type { TraceEvent } from '../replay/event.ts';
import type { Random } from './random.ts';

/** A country's numbers: what they begin with, how many digits follow, and how many of these name a block. */
export type Numbering = { country: string; prefix: string; digits: number; ofBlock: number };

/** Users of a product in one country, each with a number, a browser and a way into the network. */
export type Residents = {
  numbering: Numbering;
  /** New users in a day, and how often each of those that are there signs in again. */
  newPerDay: number;
  againPerDay: number;
  /** Who has used the product before the trace begins. */
  before: number;
  from: number;
  until: number;
  /** Blocks of numbers where people live; a few of them hold most. */
  blocks: number;
  converts: number;
  passes: number;
  /** When the day begins there, in parts of a day; how many sign in at weekends, as a part. */
  dawn: number;
  weekend: number;
  /** Whether all of them are behind the few addresses of an operator. */
  isShared?: boolean;
  /** Waves of new users: from when to when, and how many times as many. */
  waves?: readonly { from: number; until: number; factor: number }[];
  /** While an operator is down so many get no code; operators have ranges of blocks. */
  outage?: { from: number; until: number; share: number };
};

type Resident = { phone: string; device: string | null; home: string; block: number };

const day = 86_400;

/** The first share of blocks holds most people, as operators' ranges do. */
const blockIn = (blocks: number, random: Random) => Math.floor(blocks * random.next() ** 2.2);

/** Digits of a block that belong to people, scattered over the numbers there are: the same for the same place. */
export function blockDigits({ ofBlock }: Numbering, index: number): string {
  const room = 10 ** ofBlock;
  return String((index * 7_368_787 + 13) % room).padStart(ofBlock, '0');
}

/** One in three by IPv6, some behind the few addresses of an operator, the others at home. */
function homeOf({ numbering: { prefix }, isShared }: Residents, random: Random): string {
  const place = Number(prefix.slice(1, 3));
  const kind = isShared ? 0.4 : random.next();
  if (kind < 0.3) return `2a0${place % 10}:${(4096 + place).toString(16)}:${random.below(60_000).toString(16)}::1`;
  if (kind < 0.5) return `${60 + (place % 40)}.7.${random.below(8)}.${1 + random.below(30)}`;
  return `${60 + (place % 40)}.${20 + random.below(60)}.${random.below(256)}.${1 + random.below(254)}`;
}

/** Two humps a day, few at night, another number at weekends; at most 1. */
function activity(at: number, { dawn, weekend }: Residents): number {
  const hour = (at / day - dawn) * 2 * Math.PI;
  const humps = 0.45 - 0.4 * Math.cos(hour) + 0.15 * Math.cos(2 * hour + 0.6);
  return Math.max(0.03, humps) * (Math.floor(at / day) % 7 >= 5 ? weekend : 1);
}

/** People who sign up, come back, mistype numbers, and ask again for what does not come. */
export function residents(place: Residents, random: Random): TraceEvent[] {
  const { numbering, newPerDay, againPerDay, waves = [], outage } = place;
  const events: TraceEvent[] = [];
  const newResident = (): Resident => {
    const block = blockIn(place.blocks, random);
    const phone = `${numbering.prefix}${blockDigits(numbering, block)}${random.digits(numbering.digits - numbering.ofBlock)}`;
    const device = random.chance(0.85) ? `r${random.digits(12)}` : null;
    return { phone, device, home: homeOf(place, random), block };
  };
  const all = Array.from({ length: place.before }, newResident);
  const ask = ({ phone, device, home, block }: Resident, at: number, isNew: boolean) => {
    const isDown = outage && at >= outage.from * day && at < outage.until * day && block < outage.share * place.blocks;
    const converts = isNew ? place.converts : 0.5 + place.converts / 2;
    let when = at;
    if (isNew && random.chance(0.02)) {
      const wrong = `${phone.slice(0, -2)}${random.digits(2)}`;
      events.push({ at: when, phone: wrong, network: home, device, kind: 'person', answers: false, passesCheck: true });
      when += 45 + random.below(60);
    }
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const answers = !isDown && random.chance(converts);
      const passesCheck = random.chance(place.passes);
      events.push({ at: when, phone, network: home, device, kind: 'person', answers, passesCheck });
      if (answers || random.chance(0.45)) return;
      when += 35 + random.below(200);
    }
  };
  for (let at = place.from * day; ; ) {
    const wave = waves.find(({ from, until }) => at >= from * day && at < until * day)?.factor ?? 1;
    const perSecond = (newPerDay * wave + againPerDay * all.length) / (0.4 * day);
    at += random.wait(perSecond);
    if (at >= place.until * day) return events;
    if (!random.chance(activity(at, place))) continue;
    if (all.length === 0 || random.chance((newPerDay * wave) / (newPerDay * wave + againPerDay * all.length))) {
      const one = newResident();
      all.push(one);
      ask(one, at, true);
    } else {
      const one = random.pick(all);
      const isElsewhere = random.chance(0.15);
      ask(isElsewhere ? { ...one, device: null, home: homeOf(place, random) } : one, at, false);
    }
  }
}
