import type { GuardBudgetsTable } from '../store/tables/guard.ts';
import { clockToleranceMs } from '../store/windows.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How many unverified codes there may be, and what else a budget goes by. Why these: docs/protection.md. */
export const defaultBudgets = {
  /** A number or a device is known so long after it has verified a code. */
  knownMs: 180 * day,
  /** Unverified sends to a known number, and by a known device, until it is treated as any other; by one where bots ask. */
  known: { number: 3, device: 2, deviceWhileHostile: 1, leakMs: day, deviceLeakMs: 7 * day },
  number: { soft: 3, hard: 10, leakMs: hour },
  block: {
    soft: 4,
    hard: 6,
    hardLived: 10,
    leakMs: 12 * hour,
    leakLivedMs: 4 * hour,
    closeMs: hour,
    maxCloseMs: 32 * hour,
  },
  country: { soft: 3, hard: 5, clean: 40, leakMs: 6 * hour },
  served: { soft: 8, softAfterwards: 3, hard: 400, hardElsewhere: 25, clean: 400, perVerified: 2.5, leakMs: hour },
  /**
   * While bots ask, so many unverified codes go out to a country, and so many more for each ask that was turned away, once
   * that were so many: fewer are an attack on a block or two, which close. `familiar` times as many to a block where people
   * are, or from a network of theirs, which bots share more often. The check comes early for days where so many were turned
   * away.
   */
  hostile: {
    letIn: -6,
    perTurnedAway: 0.058,
    fromTurnedAway: 300,
    familiar: { block: 5, network: 2 },
    rememberedFrom: 20,
  },
  /**
   * A back end that has not checked a code here for so long, in all, to a country and to a block: nobody knows who typed
   * its codes in, so that it gets this much, and `usual` times what it sends as a rule.
   */
  unheard: { afterMs: 30 * day, all: 2000, country: 500, block: 50, usual: 3 },
  /**
   * Unverified codes of all who are signed in, where others would have to pass a human check: accounts that mail alone has
   * made cost bots nothing. As many of those who are at home.
   */
  signedIn: { soft: 20, hard: 20, leakMs: hour },
  /**
   * The address, its network, and the one around that; `told` is how many answers there may show that a number is
   * known.
   */
  networks: [
    { soft: 6, hard: 25, failedChecks: 2, perGood: 1, leakMs: hour, told: 10 },
    { soft: 20, hard: 100, failedChecks: 5, perGood: 2, leakMs: hour / 4, told: 40 },
    { soft: 60, hard: 400, failedChecks: 15, perGood: 3, leakMs: hour / 15, told: 160 },
  ],
} as const;

type Widened<T> = T extends number ? number : { readonly [K in keyof T]: Widened<T[K]> };
export type Budgets = Widened<typeof defaultBudgets>;

/** After so many milliseconds a figure has halved: of days, of what goes on, and of minutes. */
const halfLives = { ofDays: 48 * hour, ofHours: hour, ofMinutes: hour / 6 } as const;

/** What is known of a scope, in codes; times in milliseconds since the epoch. What fades halves by and by. */
export type Figures = {
  /** Unverified codes. */
  level: number;
  /** Codes of the last days. */
  sent: number;
  verified: number;
  /** Of these, those in blocks where nobody had verified any lately; of countries. */
  elsewhere: number;
  /**
   * In the last days: asks that failed a human check, of countries also those that were refused while bots asked, of
   * networks also other answers that tell if a number is known; and codes that went out while bots asked, of countries.
   */
  turnedAway: number;
  letIn: number;
  /** Verified in the last minutes. */
  recent: number;
  /** Human checks of the last hours. */
  passed: number;
  failed: number;
  closures: number;
  closedUntil: number;
  verifiedAt: number | undefined;
};

/** Rows count in millionths. */
const unit = 1_000_000;
/** How often a scope was closed is forgotten so long after it opened. */
const closuresMs = 7 * day;
/** What has verified nothing is kept so long. */
const keptMs = 15 * day;

const nothing: Figures = {
  ...{ level: 0, sent: 0, verified: 0, elsewhere: 0, turnedAway: 0, letIn: 0, recent: 0, passed: 0, failed: 0 },
  ...{ closures: 0, closedUntil: 0, verifiedAt: undefined },
};

/** What a row comes to at this moment, for whoever asks alone. */
export function figuresOf(row: GuardBudgetsTable | undefined, now: number): Figures {
  if (!row) return { ...nothing };
  // Far ahead of this clock is a clock that was set back: what it wrote has leaked, and what was held against anybody
  // faded.
  const isAhead = row.updated_at > now + clockToleranceMs;
  const elapsed = Math.max(0, now - row.updated_at);
  const left = (halfLife: number, since = elapsed) => 2 ** (-since / halfLife) / unit;
  const ofDays = left(halfLives.ofDays);
  const fades = isAhead ? Number.POSITIVE_INFINITY : elapsed;
  const ofHours = row.failed || row.passed ? left(halfLives.ofHours, fades) : 0;
  const ofBots = row.turned_away || row.let_in ? left(halfLives.ofDays, fades) : 0;
  return {
    level: isAhead ? 0 : Math.max(0, row.level / unit - elapsed / row.leak_ms),
    sent: row.sent * ofDays,
    verified: row.verified * ofDays,
    elsewhere: row.elsewhere * ofDays,
    turnedAway: row.turned_away * ofBots,
    letIn: row.let_in * ofBots,
    recent: row.recent === 0 ? 0 : row.recent * left(halfLives.ofMinutes, fades),
    passed: row.passed * ofHours,
    failed: row.failed * ofHours,
    closures: now > row.closed_until + closuresMs ? 0 : row.closures,
    closedUntil: isAhead ? 0 : row.closed_until,
    verifiedAt: row.verified_at ?? undefined,
  };
}

/** The row that says this from now on. */
export function rowOf(scope: string, figures: Figures, { leakMs, now }: { leakMs: number; now: number }) {
  const { level, sent, verified, elsewhere, recent, passed, failed, closures, closedUntil, verifiedAt } = figures;
  const until = Math.max(now + keptMs, (verifiedAt ?? 0) + defaultBudgets.knownMs);
  const whole = (figure: number) => Math.round(figure * unit);
  return {
    scope,
    level: whole(level),
    leak_ms: leakMs,
    sent: whole(sent),
    verified: whole(verified),
    recent: whole(recent),
    elsewhere: whole(elsewhere),
    turned_away: whole(figures.turnedAway),
    let_in: whole(figures.letIn),
    passed: whole(passed),
    failed: whole(failed),
    closures,
    closed_until: closedUntil,
    verified_at: verifiedAt ?? null,
    updated_at: now,
    kept_until: (Math.floor(until / day) + 1) * day,
  } satisfies GuardBudgetsTable;
}

/** How many were sent in an hour of the last days, as a rule. */
export const usualPerHour = ({ sent }: Figures): number => (sent * Math.LN2 * hour) / halfLives.ofDays;

/** Where more than this of those who pass a human check fail it, bots ask: people pass nearly all of theirs. */
export const mostFailed = 1 / 8;

/** Whether so many human checks failed that bots ask; they may be few beside the people who pass theirs. */
export const isHostile = ({ failed, passed }: Figures): boolean => failed >= 2 && failed > mostFailed * passed;

/** Whether people type their codes in there. */
export function isServed({ sent, verified, letIn }: Figures): boolean {
  // What bots got says nothing of the people there.
  const ofPeople = sent - letIn;
  return (verified >= 3 && verified >= 0.25 * ofPeople) || (verified >= 10 && verified >= 0.2 * ofPeople);
}

/** What is left after a week of a code that was typed in. */
const inhabited = 0.09;

/** Whether somebody has typed in a code there lately, and most did. */
export const isLived = (figures: Figures): boolean => isInhabited(figures) && figures.verified >= 0.4 * figures.sent;

/** Whether somebody has typed in a code there lately, whatever else was sent. */
export const isInhabited = ({ verified }: Figures): boolean => verified >= inhabited;

/** Whether people have typed codes in there lately, and no bot has been asked for a check; of many people one fails. */
export const isOfPeople = ({ verified, failed, passed }: Figures): boolean =>
  verified >= inhabited && failed < 0.5 + mostFailed * passed;

/** Whether nearly everybody there has a number in a block where others have typed in codes. */
export const isSettled = ({ verified, elsewhere }: Figures): boolean => verified >= 20 && elsewhere <= 0.08 * verified;

/**
 * What a right code takes from a country's level beside its own: a little more than what usually goes unverified beside
 * it, so that a level rises when that grows and is small as long as it does not.
 */
export function bonusOf({ sent, verified, letIn }: Figures): number {
  // What bots got says nothing of the people there.
  const unverified = Math.max(0, sent - letIn - verified);
  const usual = (unverified + 4) / (verified + 10);
  return Math.min(1.3, Math.max(0.2, 1.5 * usual + 0.1));
}
