/** The pending code of a recipient in a flow; a new code replaces the old. */
export type VerificationCodesTable = {
  /** What asked for the code: a flow's id, or `management` for back ends. */
  flow: string;
  recipient: string;
  /** HMAC of the code. */
  digest: string;
  /** What the server's key makes the code of; null where it is fixed, or an older version made it. */
  seed: string | null;
  /** What for, and the digest that goes with the seed. */
  made_for: string | null;
  made_at: number | null;
  /** The message that it went out with last. */
  message_id: string;
  /** The one before, where it was the same code. */
  message_before: string | null;
  tries: number;
  /** When it went out last. */
  created_at: number;
  expires_at: number;
  used_at: number | null;
  /** The check that last spent a try. */
  last_check_id: string | null;
};

/** Wrong answers in a row, per recipient and counter, across codes. */
export type VerificationFailuresTable = {
  recipient: string;
  /** `all`, and what adds up to it: `strangers`, `back-end`, `device:<id>`. */
  counter: string;
  failures: number;
  /** No answer is taken before this time. */
  blocked_until: number;
  last_check_id: string;
  updated_at: number;
};

/** How many sends a key (a recipient's counter, a network, everybody) has used up in its window. */
export type SendLimitsTable = {
  key: string;
  window_started_at: number;
  sends: number;
  max_sends: number;
  window_ms: number | null;
  last_send_id: string;
};

/** How many messages were sent in a period that has a cap, and what they cost in millionths of the currency. */
export type SpendingsTable = {
  /** As `protection/money/caps.ts` names them. */
  key: string;
  messages: number;
  cost: number;
  /** What they may come to; null for any number, as for those who are known. */
  max_messages: number | null;
  max_cost: number | null;
  /** When the period is over. */
  ends_at: number;
  last_send_id: string;
};

/** A number or an address with a fixed code, to which nothing is sent. */
export type TestNumbersTable = {
  recipient: string;
  /** Encrypted. */
  code: string;
  note: string;
  expires_at: number | null;
  created_at: number;
  updated_at: number;
};
