/** An answer to a human check, or a wait instead of one, that was used: it counts once. */
export type UsedChecksTable = { digest: string; expires_at: number };

/** Who passed a human check, and how many messages that is still good for. */
export type PassedChecksTable = { subject: string; messages_left: number; expires_at: number };

/**
 * A budget of unverified codes: of a number, a block of numbers, a country, a network or a device. Figures are in
 * millionths, as they were at `updated_at`; how they fade is in `protection/budgets.ts`.
 */
export type GuardBudgetsTable = {
  scope: string;
  /** Codes that nobody has typed in, less what has leaked since. */
  level: number;
  /** In how many milliseconds one code leaks. */
  leak_ms: number;
  sent: number;
  verified: number;
  /** Codes verified lately. */
  recent: number;
  /** Verified in blocks where nobody had lately; of countries. */
  elsewhere: number;
  /** Of countries: human checks that failed, and codes that went out while bots asked and nobody has typed in. */
  turned_away: number;
  let_in: number;
  /** Human checks that were passed and failed lately. */
  passed: number;
  failed: number;
  /** How often it was closed, and until when. */
  closures: number;
  closed_until: number;
  verified_at: number | null;
  updated_at: number;
  /** The end of the day after which the row says nothing any more. */
  kept_until: number;
};

/** What budgets have become since their table was written: a list of their cells, as JSON. */
export type GuardJournalTable = { id: number; changes: string };

/** What the guard decided, other than to let a send go. */
export type GuardDecisionsTable = {
  id: string;
  at: number;
  /** Masked. */
  recipient: string;
  country: string | null;
  network: string | null;
  /** The block of numbers; nothing where an older version decided. */
  block?: string | null;
  decision: 'check' | 'refuse';
  /** 0 where the decision was recorded only. */
  is_enforced: number;
  /** JSON: the rules, each with its figure and its limit. */
  reasons: string;
  /** How many it stands for: of those that are too many in an hour, a row is of the last and counts the others. */
  times: number;
  /** Whose room the row takes: the wider network of whoever asked; nothing where an older version decided. */
  around?: string | null;
};

/** How many decisions other than to let a send go there were in an hour. */
export type DecisionFiguresTable = {
  /** Hours since the epoch. */
  hour: number;
  /** ISO 3166-1 alpha-2; empty where numbers do not tell it. */
  country: string;
  decision: GuardDecisionsTable['decision'];
  is_enforced: number;
  decisions: number;
  /** Milliseconds since the epoch. */
  last_at: number;
};

/** Sends to one country that the guard stopped one after the other. */
export type GuardAttacksTable = {
  id: string;
  /** ISO 3166-1 alpha-2; `none` where numbers do not tell it. */
  country: string;
  began_at: number;
  last_at: number;
  refused: number;
  /** Asked for a human check, and not passed. */
  failed_checks: number;
  /** Would have been refused or asked for a check, where decisions are recorded only. */
  recorded: number;
};

/** Which blocks of numbers and networks an attack was on and from. */
export type GuardAttackPartsTable = { attack_id: string; kind: 'range' | 'network'; name: string; stopped: number };
