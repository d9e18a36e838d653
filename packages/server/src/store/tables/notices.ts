/** What the owner of an account is still to be told of: that something was changed which signs in. */
export type NoticesTable = {
  id: string;
  user_id: string;
  /** What the account had before. */
  email: string | null;
  phone: string | null;
  /** As the connector kit names changes. */
  change: string;
  /** The number or the address that is there now. */
  detail: string | null;
  actor: 'user' | 'operator';
  /** JSON list of the languages that whoever did it wished, where that was the user (BCP 47). */
  locales: string;
  tries: number;
  /** Milliseconds since the epoch: nobody takes it on before. */
  next_at: number;
  created_at: number;
};
