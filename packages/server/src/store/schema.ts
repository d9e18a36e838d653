/**
 * The tables. Times are milliseconds since the epoch; JSON is text; booleans are 0 or 1, so that rows read the same
 * from SQLite and PostgreSQL.
 */
export type Schema = {
  settings: SettingsTable;
  connectors: ConnectorsTable;
  live_connectors: LiveConnectorsTable;
  messages: MessagesTable;
  message_reports: MessageReportsTable;
  follow_ups: FollowUpsTable;
  suppressions: SuppressionsTable;
  message_figures: MessageFiguresTable;
  failure_figures: FailureFiguresTable;
  cost_figures: CostFiguresTable;
  arrival_figures: ArrivalFiguresTable;
  activity_figures: ActivityFiguresTable;
  verification_codes: VerificationCodesTable;
  verification_failures: VerificationFailuresTable;
  send_limits: SendLimitsTable;
  spendings: SpendingsTable;
  applications: ApplicationsTable;
  resources: ResourcesTable;
  resource_scopes: ResourceScopesTable;
  default_resource: DefaultResourceTable;
  users: UsersTable;
  phone_changes: PhoneChangesTable;
  email_changes: EmailChangesTable;
  sign_ins: SignInsTable;
  administrators: AdministratorsTable;
  administrator_sessions: AdministratorSessionsTable;
  administrator_links: AdministratorLinksTable;
  administrator_authenticators: AdministratorAuthenticatorsTable;
  administrator_recovery_codes: AdministratorRecoveryCodesTable;
  sign_in_attempts: SignInAttemptsTable;
  oidc_models: OidcModelsTable;
  signing_keys: SigningKeysTable;
  audit_log: AuditLogTable;
  sign_in_flows: SignInFlowsTable;
  verifications: VerificationsTable;
  email_templates: EmailTemplatesTable;
  used_checks: UsedChecksTable;
  passed_checks: PassedChecksTable;
  test_numbers: TestNumbersTable;
  guard_budgets: GuardBudgetsTable;
  guard_journal: GuardJournalTable;
  guard_decisions: GuardDecisionsTable;
  decision_figures: DecisionFiguresTable;
  guard_attacks: GuardAttacksTable;
  guard_attack_parts: GuardAttackPartsTable;
  hooks: HooksTable;
  hook_deliveries: HookDeliveriesTable;
  hook_attempts: HookAttemptsTable;
  held_stamps: HeldStampsTable;
};

/** One row per settings document, for example `sign-in-experience`. */
export type SettingsTable = { name: string; value: string; updated_at: number };

/** An answer to a human check, or a wait instead of one, that was used: it counts once. */
export type UsedChecksTable = { digest: string; expires_at: number };

/** Who passed a human check, and how many messages that is still good for. */
export type PassedChecksTable = { subject: string; messages_left: number; expires_at: number };

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

/** A mail's template for a usage type in a language; one of each. */
export type EmailTemplatesTable = {
  id: string;
  /** BCP 47. */
  language_tag: string;
  /** The usage type. */
  template_type: string;
  /** JSON: subject, content, contentType, replyTo, sendFrom. */
  details: string;
  created_at: number;
};

/** Every configuration that is or was live. */
export type ConnectorsTable = {
  id: string;
  type: string;
  factory_id: string;
  /** Encrypted. */
  config: string;
  metadata: string;
  /** 0 while it waits for its configuration; at most one of each channel does. */
  is_configured: number;
  created_at: number;
  updated_at: number;
};

/** Which configuration is live; the key on `type` is what keeps it to one. */
export type LiveConnectorsTable = { type: string; connector_id: string; since: number };

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

/** What became of the messages of an hour; test messages are left out. Empty texts stand for nothing, and `@` for the country of mails. */
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

/** How many messages of an hour did not get through for a reason; test messages are left out. Empty texts stand for nothing, and `@` for the country of mails. */
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
 * How the messages of an hour arrived; test messages are left out. Empty texts stand for nothing, and `@` for the country of
 * mails. Of the buckets of `arrival-times.ts` there is a column each, `delivered_in_0` and so on.
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

export type ApplicationType = 'SPA' | 'Native' | 'Traditional' | 'MachineToMachine';

export type ApplicationsTable = {
  id: string;
  name: string;
  description: string | null;
  type: ApplicationType;
  /** SHA-256 of the secret; null for public clients. */
  secret_digest: string | null;
  /** JSON: `{redirectUris, postLogoutRedirectUris}`. */
  oidc_client_metadata: string;
  /** JSON: token lifetimes and the like. */
  custom_client_metadata: string;
  /** JSON object of the administrator's own. */
  custom_data: string;
  /** Whether it may call the Management API; 0 for all but machine-to-machine applications. */
  is_admin: number;
  /** What of it: scopes with spaces between them; null for everything. */
  management_scopes: string | null;
  /** Tells it from an application that had its id before and was deleted; null only while an older version runs beside. */
  instance: string | null;
  created_at: number;
  updated_at: number;
};

/** An API of the operator's own, which tokens are made for. */
export type ResourcesTable = {
  id: string;
  name: string;
  /** URI that tokens are asked for by, and their audience. */
  indicator: string;
  /** Seconds. */
  access_token_ttl: number;
  created_at: number;
};

export type ResourceScopesTable = {
  id: string;
  resource_id: string;
  name: string;
  description: string | null;
  /** Whether users do not get it. */
  machines_only: number;
  created_at: number;
};

/** What tokens are for where none is asked for; the key on `purpose`, which is always `default`, keeps it to one. */
export type DefaultResourceTable = { purpose: 'default'; resource_id: string };

export type UsersTable = {
  id: string;
  username: string | null;
  phone: string | null;
  /** As it was typed, but for its domain, which is in lower case and in ASCII. */
  email: string | null;
  /** The address in lower case: no other user has it. */
  email_key: string | null;
  name: string | null;
  /** URL. */
  avatar: string | null;
  /** Says by its form how it was made. */
  password_digest: string | null;
  is_suspended: number;
  /** JSON objects. */
  custom_data: string;
  profile: string;
  created_at: number;
  updated_at: number;
  last_sign_in_at: number | null;
  /** Sessions and verifications from before this time are void. */
  sessions_valid_from: number | null;
  /** The uid of the one session that stays good all the same. */
  kept_session: string | null;
  /** JSON of who gave the user the number that is there: `{type, id, name}`; null for the user. */
  phone_changed_by: string | null;
  /** The same of the address. */
  email_changed_by: string | null;
  /** When the password was set; null where nobody knows, or where there is none. */
  password_set_at: number | null;
} & UserSearchKeys;

/** What searches compare: folded texts as bytes, which sort alike in both databases. */
export type UserSearchKeys = {
  username_key: Uint8Array | null;
  name_key: Uint8Array | null;
  last_name_key: Uint8Array | null;
  /** The domain of the address, in Unicode. */
  email_domain_key: Uint8Array | null;
};

/** Another number of a user, by a trigger on `users`. */
export type PhoneChangesTable = {
  id: string;
  user_id: string;
  at: number;
  /** E.164; null where there was none, or is none any more. */
  phone_before: string | null;
  phone: string | null;
  /** As `phone_changed_by` of the user. */
  changed_by: string | null;
};

/** Another address of a user, by a trigger on `users`. */
export type EmailChangesTable = Pick<PhoneChangesTable, 'id' | 'user_id' | 'at'> & {
  /** As it was given; null where there was none, or is none any more. */
  email_before: string | null;
  email: string | null;
  /** As `email_changed_by` of the user. */
  changed_by: string | null;
};

/** A code, a password, or a session that was there already. */
export type SignInMethod = 'code' | 'password' | 'session';

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
  forgotten_at: number | null;
};

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
  /** Who it turned out to be. */
  user_id: string | null;
  /** What a new account is to have, or what the user gets at the end. */
  username: string | null;
  password_digest: string | null;
  /** What proves the number, and what the address, that a new account is to have or the user gets at the end. */
  phone_verification_id: string | null;
  email_verification_id: string | null;
  created_at: number;
  expires_at: number;
  /** When its result was handed in; whatever is written to the flow afterwards takes it back. */
  submitted_at: number | null;
};

/**
 * A code that was sent, a password that was right, or a username and a password that are to make an account; for a flow
 * or a signed-in user.
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
  /** Whose password it was; null for anything else. */
  user_id: string | null;
  /** What is kept of the password that is to be; null for anything else. */
  password_digest: string | null;
  created_at: number;
  /** When the password was right or chosen. Whether a code was is said by its row in `verification_codes`, whose flow is this id. */
  verified_at: number | null;
  /** 1 where the code went to what the account has, which nobody typed. */
  is_untyped: number;
};

/**
 * Another stamp after every change of what processes hold in memory (`held.ts`), by triggers on those tables; the key on
 * `purpose` keeps it to one. There is no row before the first change.
 */
export type HeldStampsTable = { purpose: 'held'; stamp: string };

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
