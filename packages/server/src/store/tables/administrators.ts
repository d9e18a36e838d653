/** What an administrator may do: see `admin/roles.ts`. */
export type AdministratorRole = 'owner' | 'operator' | 'viewer';

export type AdministratorsTable = {
  id: string;
  username: string;
  password_digest: string;
  role: AdministratorRole;
  /** When the offer of two-step sign-in was turned down. */
  two_step_declined_at: number | null;
  created_at: number;
  updated_at: number;
  last_sign_in_at: number | null;
};

/** A link that lets an administrator choose a new password, once. */
export type AdministratorLinksTable = {
  /** SHA-256 of what is in the link. */
  token_digest: string;
  administrator_id: string;
  created_at: number;
  expires_at: number;
  /** Stamped by the use that got it; there is no row afterwards. */
  last_use_id: string | null;
};

/** The authenticator app of an administrator who signs in with two steps, or is about to. */
export type AdministratorAuthenticatorsTable = {
  administrator_id: string;
  /** The key of its codes, encrypted. */
  secret: string;
  created_at: number;
  /** When a first code was right; null while it does not count yet. */
  confirmed_at: number | null;
  /** Of the latest code that was taken: no code of it or before is taken any more. */
  last_time_step: number;
  /** The check that took it. */
  last_check_id: string;
};

/** What is left of the codes that stand in for the authenticator app, once each. */
export type AdministratorRecoveryCodesTable = {
  administrator_id: string;
  /** HMAC of the code. */
  digest: string;
};

export type AdministratorSessionsTable = {
  /** SHA-256 of the cookie's value. */
  token_digest: string;
  administrator_id: string;
  created_at: number;
  expires_at: number;
  /** Their names; empty where they are not known. */
  browser: string;
  system: string;
};

/** A change, and who made it; or what was tried in vain. */
export type AuditLogTable = {
  id: string;
  /** The last time, where it happened several times. */
  at: number;
  /** How often, where that is counted rather than listed. */
  times: number;
  /** `server`: its settings, its set-up link, its command line. `network`: nobody knows who. */
  actor_type: 'administrator' | 'application' | 'server' | 'network';
  actor_id: string;
  /** As it was then. */
  actor_name: string;
  /** For example `connector.set-up`. */
  action: string;
  subject_type: string;
  subject_id: string | null;
  /** JSON object; never secrets. */
  details: string;
};
