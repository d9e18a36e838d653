import type { Money } from '../../lists/money-text.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

type Costs = { costs: readonly Money[] };
/** What the messages of a time cost, and when it begins: an hour; or a day, as if it were one of UTC. */
export type CostsAt = Costs & { at: number };

/** Every hour of a range, also those without messages. Times in milliseconds since the epoch. */
export function everyHour(
  { from, until }: { from: number; until: number },
  byHour: readonly (Costs & { hour: number })[],
): CostsAt[] {
  const known = new Map(byHour.map(({ hour, costs }) => [hour, costs]));
  return steps(Math.floor(from / hourMs) * hourMs, until, hourMs).map((at) => ({ at, costs: known.get(at) ?? [] }));
}

/**
 * Every day of a range in the time zone of the browser, also those without messages.
 * @param byDay by dates as 2026-01-31
 */
export function everyDay(
  { from, until }: { from: number; until: number },
  byDay: readonly (Costs & { day: string })[],
): CostsAt[] {
  const known = new Map(byDay.map(({ day, costs }) => [Date.parse(day), costs]));
  return steps(dateOf(from), dateOf(until - 1) + 1, dayMs).map((at) => ({ at, costs: known.get(at) ?? [] }));
}

/** The currencies that anything was paid in. */
export const currenciesOf = (all: readonly Costs[]): string[] => [
  ...new Set(
    all.flatMap(({ costs }) => costs.filter(({ amount }) => Number(amount) > 0).map(({ currency }) => currency)),
  ),
];

/** What was paid in a currency. */
export const amountIn = ({ costs }: Costs, currency: string): number =>
  costs.reduce((sum, each) => (each.currency === currency ? sum + Number(each.amount) : sum), 0);

function dateOf(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}

const steps = (from: number, until: number, step: number): number[] =>
  Array.from({ length: Math.max(0, Math.ceil((until - from) / step)) }, (_, index) => from + index * step);
