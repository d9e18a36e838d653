import { type FadingFigure, halfLives } from '../store/guard-budgets.ts';
import type { GuardBudgetsTable } from '../store/schema.ts';
import { clockToleranceMs } from '../store/windows.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How many unverified codes there may be, and what else a budget goes by. Why these: docs/protection.md. */
export const defaultBudgets = {
  /** A number or a device is known so long after it has verified a code. */
  knownMs: 180 * day,
  /** Unverified sends to a known number, and by a known device, until it is treated as any other. */
  known: { number: 3, device: 2, leakMs: 2 * hour },
  number: { soft: 3, hard: 6, leakMs: hour },
  block: { soft: 4, hard: 6, hardLived: 12, leakMs: 4 * hour, bonus: 1, closeMs: hour, maxCloseMs: 32 * hour },
  country: { soft: 3, hard: 5, clean: 40, leakMs: 6 * hour },
  served: { soft: 10, hard: 60, clean: 100, leakMs: hour },
  /** The address, its network, and the one around that. */
  networks: [
    { soft: 6, hard: 25, failedChecks: 2, perGood: 1, leakMs: hour },
    { soft: 20, hard: 100, failedChecks: 5, perGood: 2, leakMs: hour / 4 },
    { soft: 60, hard: 400, failedChecks: 15, perGood: 3, leakMs: hour / 15 },
  ],
} as const;

type Widened<T> = T extends number ? number : { readonly [K in keyof T]: Widened<T[K]> };
export type Budgets = Widened<typeof defaultBudgets>;

/** What is known of a scope, in codes; times in milliseconds since the epoch. */
export type Figures = {
  /** Unverified codes. */
  level: number;
  sent: number;
  verified: number;
  /** Verified in the last minutes. */
  recent: number;
  passed: number;
  failed: number;
  closures: number;
  closedUntil: number;
  verifiedAt: number | undefined;
};

const nothing: Figures = {
  level: 0,
  sent: 0,
  verified: 0,
  recent: 0,
  passed: 0,
  failed: 0,
  closures: 0,
  closedUntil: 0,
  verifiedAt: undefined,
};

/** What a row comes to at this moment, as the statements of `store/guard-budgets.ts` reckon. */
export function figuresOf(row: GuardBudgetsTable | undefined, now: number): Figures {
  if (!row) return nothing;
  const isAhead = row.updated_at > now + clockToleranceMs;
  const elapsed = Math.max(0, now - row.updated_at);
  const level = isAhead ? 0 : Math.max(0, row.level - Math.floor((elapsed * 1000) / row.leak_ms));
  const faded = (figure: FadingFigure) => {
    const period = halfLives[figure];
    const halvings = Math.floor(now / period) - Math.floor(row.updated_at / period);
    if (Math.abs(halvings) > 40) return 0;
    return Math.floor(row[figure] / 2 ** Math.max(0, halvings)) / 1000;
  };
  return {
    level: level / 1000,
    sent: faded('sent'),
    verified: faded('verified'),
    recent: faded('recent'),
    passed: faded('passed'),
    failed: faded('failed'),
    closures: now > row.closed_until + 7 * day ? 0 : row.closures,
    closedUntil: isAhead ? 0 : row.closed_until,
    verifiedAt: row.verified_at ?? undefined,
  };
}

/** Whether so many human checks failed that bots ask: people pass nearly all of theirs. */
export const isHostile = ({ failed, passed }: Figures): boolean => failed >= 2 && failed > passed / 4;

/** Whether people type their codes in there. */
export const isServed = ({ sent, verified }: Figures): boolean => verified >= 3 && verified >= 0.4 * sent;

/** Whether somebody has typed in a code there lately, and most did. */
export const isLived = ({ sent, verified }: Figures): boolean => verified >= 0.2 && verified >= 0.4 * sent;

/**
 * What a right code takes from a country's level beside its own: a little more than what usually goes unverified beside
 * it, so that a level rises when that grows and is small as long as it does not.
 */
export function bonusOf({ sent, verified }: Figures): number {
  const unverified = Math.max(0, sent - verified);
  const usual = (unverified + 4) / (verified + 10);
  return Math.min(1, Math.max(0.2, 1.3 * usual + 0.1));
}
