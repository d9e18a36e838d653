export type MessageState = 'sending' | 'accepted' | 'delivered' | 'undelivered' | 'failed' | 'unclear' | 'suppressed';

/** One row per send. */
export type MessagesTable = {
  id: string;
  recipient: string;
  country: string | null;
  usage_type: string;
  locale: string | null;
  factory_id: string | null;
  connector_id: string | null;
  state: MessageState;
  provider_message_id: string | null;
  /** JSON of what went wrong. */
  error: string | null;
  created_at: number;
  updated_at: number;
  verified_at: number | null;
} & WayColumns &
  CostColumns &
  ReportedColumns;

/** What is known of the way of a message; nothing of what an older version sent. */
type WayColumns = {
  /** JSON of who asked for it and what the guard decided, as `verification/asking.ts` has it. */
  asked?: string | null;
  /** When it was handed to its connector. */
  handed_at?: number | null;
  /** When the provider took it. */
  accepted_at?: number | null;
  /** When answers to its code were wrong, with spaces between. */
  wrong_at?: string | null;
};

/** What an SMS costs; nothing of a mail, and of what an older version sent. */
type CostColumns = {
  /** How many SMS the text takes, by our count. */
  estimated_parts?: number | null;
  /** In millionths of the currency (ISO 4217). */
  cost?: number | null;
  cost_currency?: string | null;
  /** 0 once the provider has said what it cost. */
  cost_is_estimated?: number | null;
};

/** What is known of a message by reports alone. */
type ReportedColumns = {
  /** When the report that it was delivered came. */
  delivered_at?: number | null;
  /** When it came to its last state, by the provider's clock. */
  reported_at?: number | null;
  /** How many SMS it was billed as. */
  parts?: number | null;
  /** A decimal number, and its currency (ISO 4217). */
  price?: string | null;
  currency?: string | null;
  /** The country and network code (MCC and MNC) of the phone. */
  network?: string | null;
};

/** What a provider reported of a message; a report that comes again is kept once. */
export type MessageReportsTable = {
  message_id: string;
  /** Of what it says. */
  digest: string;
  connector_id: string;
  received_at: number;
  state: 'sent' | 'delivered' | 'undelivered';
  provider_code: string | null;
  provider_message: string | null;
  /** By the provider's clock. */
  provider_at: number | null;
};

/** How far a connector has come with a step of what it asks and tells its provider after messages went out. */
export type FollowUpsTable = {
  connector_id: string;
  /** As `messaging/follow-ups/steps.ts` names them. */
  step: string;
  /** The last message that it was done with: when it was made, and its id. */
  done_until: number;
  done_id: string;
  /** The turn of the process that is at it; nobody else takes it on before the time is over. */
  lease: string | null;
  leased_until: number;
};

/** An address that gets no mail any more. */
export type SuppressionsTable = {
  id: string;
  /** In lower case. */
  recipient: string;
  /** JSON of what the provider or the administrator said, as `messages.error`. */
  error: string;
  /** The mail that the provider refused; null where an administrator decided. */
  message_id: string | null;
  created_at: number;
};
