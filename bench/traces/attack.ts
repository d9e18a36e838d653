import type { TraceEvent } from '../replay/event.ts';
import type { Random } from './random.ts';

/** Whoever has messages sent to numbers that earn from them. */
export type Attack = {
  /** What the numbers begin with, and how many digits follow; `blocks` as for people, all by default. */
  numbers: { prefix: string; digits: number; blocks?: readonly string[] };
  messages: number;
  /** From when on, in days, and for how long. */
  from: number;
  days: number;
  /** From how many addresses. */
  networks: number;
  /** How many codes are typed in, and how many checks passed. */
  answers?: number;
  passes?: number;
};

const day = 86_400;

/** Messages to numbers of an attacker, one like the other by day and by night. */
export function attack(
  { numbers, messages, from, days, networks, answers = 0, passes = 0.05 }: Attack,
  random: Random,
): TraceEvent[] {
  const addresses = Array.from(
    { length: networks },
    () => `${20 + random.below(180)}.${random.below(256)}.${random.below(256)}.${1 + random.below(254)}`,
  );
  const { prefix, digits, blocks } = numbers;
  return Array.from({ length: messages }, (_, index): TraceEvent => {
    const at = (from + (days * (index + random.next())) / messages) * day;
    const rest = blocks ? `${random.pick(blocks)}${random.digits(4)}` : random.digits(digits);
    return {
      at,
      phone: `${prefix}${rest}`,
      network: random.pick(addresses),
      device: random.chance(0.5) ? null : `a${random.digits(12)}`,
      kind: 'attack',
      answers: random.chance(answers),
      passesCheck: random.chance(passes),
    };
  });
}
