/** A code, a password, either with a backup code after it, or a session that was there already. */
export type SignInMethod = 'code' | 'password' | 'backup-code' | 'session';

/** A sign-in that succeeded. Its browser is known to the user until the same one signs in again, or is forgotten. */
export type SignInsTable = {
  id: string;
  user_id: string;
  at: number;
  application_id: string;
  event: 'SignIn' | 'Register';
  method: SignInMethod;
  /** The smallest network of the client that limits know, such as `203.0.113.0/24`. */
  network: string;
  user_agent: string | null;
  /** What the mark in the browser's cookie says, see `protection/devices.ts`, and what it said before; empty for none. */
  device: string;
  previous_device: string | null;
  /** As `digest` of the trusted browser that it is; null for one that is not trusted. */
  trust_digest?: string | null;
  forgotten_at: number | null;
};

/** Attempts that may have been guesses, per network or per name and counter, in a window. */
export type SignInAttemptsTable = {
  key: string;
  window_started_at: number;
  attempts: number;
  last_attempt_id: string;
};

/** State of the OpenID Connect provider: grants, sessions, tokens. */
export type OidcModelsTable = {
  model: string;
  id: string;
  payload: string;
  grant_id: string | null;
  uid: string | null;
  /** Whose session, grant or token it is. */
  account_id: string | null;
  user_code: string | null;
  /** The instance of the application that it was made for; a record of one that was deleted is not found. */
  client_instance: string | null;
  /** The authorization code that a token comes from, if need be by way of refresh tokens. */
  code_id: string | null;
  consumed_at: number | null;
  expires_at: number | null;
};

export type SigningKeysTable = {
  id: string;
  /** The private JWK, encrypted. */
  jwk: string;
  /** From when on the key signs; it may be a day ahead. */
  created_at: number;
  /** When the key stops signing; it still verifies until it is pruned. */
  retired_at: number | null;
};

export type FlowEvent = 'SignIn' | 'Register' | 'ForgotPassword';

/** What is known of a sign-up, a sign-in or a forgotten password so far; one per interaction of OpenID Connect. */
export type SignInFlowsTable = {
  /** The uid of the interaction. */
  id: string;
  event: FlowEvent;
  /** SHA-256 of the key that the browser holds in a cookie. */
  key_digest: string;
  /** What says who it is. */
  verification_id: string | null;
  /** The code, of whatever kind, that came second, as it was handed in; null where none was asked for. */
  second_verification_id: string | null;
  /** Who it turned out to be. */
  user_id: string | null;
  /** What a new account is to have, or what the user gets at the end. */
  username: string | null;
  password_digest: string | null;
  /** What proves the number, and what the address, that a new account is to have or the user gets at the end. */
  phone_verification_id: string | null;
  email_verification_id: string | null;
  /** The verification with the authenticator app, and the one with the backup codes, that the user gets at the end. */
  authenticator_verification_id: string | null;
  backup_codes_id: string | null;
  /** 1 where the browser is to be trusted from now on. */
  trusts_device: number;
  created_at: number;
  expires_at: number;
  /** When its result was handed in; whatever is written to the flow afterwards takes it back. */
  submitted_at: number | null;
};

/**
 * A code that was sent, a session, a password, a backup code or a code of an authenticator app that was right, a
 * username and a password that are to make an account, or backup codes or an authenticator app that are to be a user's;
 * for a flow or a signed-in user.
 */
export type VerificationsTable = {
  id: string;
  /** `flow:<id>` or `user:<id>`. */
  subject: string;
  usage_type: string;
  /** Where the code went, or what was typed with the password: a number in E.164, or an address as it was typed. */
  phone: string | null;
  email: string | null;
  /** What was typed with the password, or is to be. */
  username: string | null;
  /** Whose password, backup codes or authenticator app it is; null for anything else. */
  user_id: string | null;
  /** What is kept of the password that is to be; null for anything else. */
  password_digest: string | null;
  /** JSON of what is kept of the backup codes that are to be; null for anything else. */
  backup_codes: string | null;
  /** Which authenticator app it is about; null for anything else. */
  authenticator_id: string | null;
  /** The secret of one that is to be, encrypted; null once it is the user's, and for anything else. */
  authenticator_secret: string | null;
  /** The time step of the code that showed that it is set up. */
  time_step: number | null;
  /** The session that says who it is, where a second factor is all that is asked for; null for anything else. */
  session_id: string | null;
  created_at: number;
  /**
   * When the password or the code of the app was right, or the password was chosen. Whether a code was is said by its
   * row in `verification_codes`, whose flow is this id.
   */
  verified_at: number | null;
  /** 1 where the code went to what the account has, which nobody typed. */
  is_untyped: number;
};
