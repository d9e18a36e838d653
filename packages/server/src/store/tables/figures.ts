import type { MessageState } from './messages.ts';

/**
 * What became of the messages of an hour; test messages are left out. Empty texts stand for nothing, and `@` for the
 * country of mails.
 */
export type MessageFiguresTable = {
  /** Hours since the epoch. */
  hour: number;
  factory_id: string;
  country: string;
  usage_type: string;
  requested: number;
  sent: number;
  delivered: number;
  verified: number;
};

/**
 * How many messages of an hour did not get through for a reason; test messages are left out. Empty texts stand for
 * nothing, and `@` for the country of mails.
 */
export type FailureFiguresTable = {
  /** Hours since the epoch. */
  hour: number;
  factory_id: string;
  country: string;
  usage_type: string;
  state: MessageState;
  /** Of what `error` of the message says: its code and kind, and the provider's own code. */
  code: string;
  kind: string;
  provider_code: string;
  messages: number;
  /** What one of them says in words. */
  message: string;
};

/** What the SMS of an hour cost that went out; test messages are left out. Empty texts stand for nothing. */
export type CostFiguresTable = {
  /** Hours since the epoch. */
  hour: number;
  factory_id: string;
  country: string;
  currency: string;
  messages: number;
  parts: number;
  /** In millionths of the currency. */
  cost: number;
  verified: number;
};

/**
 * How the messages of an hour arrived; test messages are left out. Empty texts stand for nothing, and `@` for the
 * country of mails. Of the buckets of `arrival-times.ts` there is a column each, `delivered_in_0` and so on.
 */
export type ArrivalFiguresTable = {
  /** Hours since the epoch. */
  hour: number;
  factory_id: string;
  country: string;
  network: string;
  currency: string;
  requested: number;
  /** The provider took it. */
  sent: number;
  /** The provider says that it was delivered. */
  claimed: number;
  /** It says so, or the person typed the code. */
  delivered: number;
  verified: number;
  /** How many SMS those that went out were billed as, and what they cost, in millionths of the currency. */
  parts: number;
  cost: number;
};

/** How many users signed in in an hour, by when they had last done so before that hour. */
export type ActivityFiguresTable = {
  /** Hours since the epoch. */
  hour: number;
  /** 0 for never, or for longer ago than anybody asks. */
  previous_hour: number;
  users: number;
};
