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
  number: { soft: 3, hard: 10, leakMs: hour },
  block: {
    soft: 4,
    hard: 6,
    hardLived: 12,
    leakMs: 12 * hour,
    leakLivedMs: 4 * hour,
    closeMs: hour,
    maxCloseMs: 32 * hour,
  },
  country: { soft: 3, hard: 5, clean: 40, leakMs: 6 * hour },
  served: { soft: 8, hard: 120, hardElsewhere: 25, clean: 160, perVerified: 2.5, leakMs: hour },
  /**
   * A back end that has not checked a code here for so long, in all, to a country and to a block: nobody knows who typed
   * its codes in, so that it gets this much, and `usual` times what it sends as a rule.
   */
  unheard: { afterMs: 30 * day, all: 2000, country: 500, block: 50, usual: 3 },
  /** The address, its network, and the one around that. */
  networks: [
    { soft: 6, hard: 25, failedChecks: 2, perGood: 1, leakMs: hour },
    { soft: 20, hard: 100, failedChecks: 5, perGood: 2, leakMs: hour / 4 },
    { soft: 60, hard: 400, failedChecks: 15, perGood: 3, leakMs: hour / 15 },
  ],
} as const;

type Widened<T> = T extends number ? number : { readonly [K in keyof T]: Widened<T[K]> };
export type Budgets = Widened<typeof defaultBudgets>;

/** After so many milliseconds a figure has halved. */
const halfLives = {
  sent: 48 * hour,
  verified: 48 * hour,
  recent: hour / 6,
  elsewhere: 48 * hour,
  passed: hour,
  failed: hour,
} as const;
type FadingFigure = keyof typeof halfLives;

/** What is known of a scope, in codes; times in milliseconds since the epoch. */
export type Figures = Record<FadingFigure, number> & {
  /** Unverified codes. */
  level: number;
  closures: number;
  closedUntil: number;
  verifiedAt: number | undefined;
};

const nothing: Figures = {
  ...{ level: 0, sent: 0, verified: 0, recent: 0, elsewhere: 0, passed: 0, failed: 0 },
  ...{ closures: 0, closedUntil: 0, verifiedAt: undefined },
};

/** Rows count in millionths. */
const unit = 1_000_000;
/** How often a scope was closed is forgotten so long after it opened. */
const closuresMs = 7 * day;
/** What has verified nothing is kept so long. */
const keptMs = 15 * day;

/** What a row comes to at this moment. */
export function figuresOf(row: GuardBudgetsTable | undefined, now: number): Figures {
  if (!row) return nothing;
  // Far ahead of this clock is a clock that was set back: what it wrote has leaked.
  const isAhead = row.updated_at > now + clockToleranceMs;
  const elapsed = Math.max(0, now - row.updated_at);
  const faded = (figure: FadingFigure) =>
    row[figure] === 0 ? 0 : (row[figure] / unit) * 2 ** (-elapsed / halfLives[figure]);
  return {
    level: isAhead ? 0 : Math.max(0, row.level / unit - elapsed / row.leak_ms),
    sent: faded('sent'),
    verified: faded('verified'),
    recent: faded('recent'),
    elsewhere: faded('elsewhere'),
    passed: faded('passed'),
    failed: faded('failed'),
    closures: now > row.closed_until + closuresMs ? 0 : row.closures,
    closedUntil: isAhead ? 0 : row.closed_until,
    verifiedAt: row.verified_at ?? undefined,
  };
}

/** The row that says this from now on. */
export function rowOf(scope: string, figures: Figures, { leakMs, now }: { leakMs: number; now: number }) {
  const { level, sent, verified, recent, elsewhere, passed, failed, closures, closedUntil, verifiedAt } = figures;
  const until = Math.max(now + keptMs, (verifiedAt ?? 0) + defaultBudgets.knownMs);
  return {
    ...{ scope, level: level * unit, leak_ms: leakMs, sent: sent * unit, verified: verified * unit },
    ...{ recent: recent * unit, elsewhere: elsewhere * unit, passed: passed * unit, failed: failed * unit, closures },
    ...{ closed_until: closedUntil, verified_at: verifiedAt ?? null, updated_at: now },
    kept_until: (Math.floor(until / day) + 1) * day,
  } satisfies GuardBudgetsTable;
}

/** How many were sent in an hour of the last days, as a rule. */
export const usualPerHour = ({ sent }: Figures): number => (sent * Math.LN2 * hour) / halfLives.sent;

/** Whether so many human checks failed that bots ask: people pass nearly all of theirs. */
export const isHostile = ({ failed, passed }: Figures): boolean => failed >= 2 && failed > passed / 4;

/** Whether people type their codes in there. */
export const isServed = ({ sent, verified }: Figures): boolean =>
  (verified >= 3 && verified >= 0.25 * sent) || (verified >= 10 && verified >= 0.2 * sent);

/** Whether somebody has typed in a code there lately, and most did. */
export const isLived = ({ sent, verified }: Figures): boolean => verified >= 0.2 && verified >= 0.4 * sent;

/** Whether nearly everybody there has a number in a block where others have typed in codes. */
export const isSettled = ({ verified, elsewhere }: Figures): boolean => verified >= 20 && elsewhere <= 0.08 * verified;

/**
 * What a right code takes from a country's level beside its own: a little more than what usually goes unverified beside
 * it, so that a level rises when that grows and is small as long as it does not.
 */
export function bonusOf({ sent, verified }: Figures): number {
  const unverified = Math.max(0, sent - verified);
  const usual = (unverified + 4) / (verified + 10);
  return Math.min(1.3, Math.max(0.2, 1.5 * usual + 0.1));
}
