/** A webhook. */
export type HooksTable = {
  id: string;
  name: string;
  /** JSON list. */
  events: string;
  /** Encrypted JSON: where to, with which headers. */
  config: string;
  /** Encrypted. */
  signing_key: string;
  enabled: number;
  created_at: number;
};

/** An event that a webhook is to be told of: the outbox. */
export type HookDeliveriesTable = {
  id: string;
  hook_id: string;
  /** The same for every webhook that is told of the event. */
  event_id: string;
  event: string;
  /** JSON of what is known when it happens. */
  payload: string;
  /** JSON of columns of the user whom it is about, as they were then. */
  user_row: string | null;
  state: 'waiting' | 'delivered' | 'failed';
  /** Since it was made, or was last to be sent again. */
  tries: number;
  next_at: number;
  /** Who is at it, and until when nobody else is. */
  lease: string | null;
  leased_until: number;
  created_at: number;
  ended_at: number | null;
};

/** One request to a webhook. */
export type HookAttemptsTable = {
  id: string;
  delivery_id: string;
  hook_id: string;
  event: string;
  at: number;
  duration_ms: number;
  /** Of HTTP; null where there was no answer. */
  status: number | null;
  /** Why there was none. */
  error: string | null;
  /** The beginning of what was answered. */
  response: string | null;
};
