import type {
  AdministratorAuthenticatorsTable,
  AdministratorLinksTable,
  AdministratorRecoveryCodesTable,
  AdministratorSessionsTable,
  AdministratorsTable,
  AuditLogTable,
} from './tables/administrators.ts';
import type {
  ApplicationsTable,
  DefaultResourceTable,
  ResourceScopesTable,
  ResourcesTable,
} from './tables/applications.ts';
import type {
  SendLimitsTable,
  SpendingsTable,
  TestNumbersTable,
  VerificationCodesTable,
  VerificationFailuresTable,
} from './tables/codes.ts';
import type { ConnectorsTable, EmailTemplatesTable, LiveConnectorsTable } from './tables/connectors.ts';
import type {
  ActivityFiguresTable,
  ArrivalFiguresTable,
  CostFiguresTable,
  FailureFiguresTable,
  MessageFiguresTable,
} from './tables/figures.ts';
import type {
  DecisionFiguresTable,
  GuardAttackPartsTable,
  GuardAttacksTable,
  GuardBudgetsTable,
  GuardDecisionsTable,
  GuardJournalTable,
  PassedChecksTable,
  UsedChecksTable,
} from './tables/guard.ts';
import type { FollowUpsTable, MessageReportsTable, MessagesTable, SuppressionsTable } from './tables/messages.ts';
import type { NoticesTable } from './tables/notices.ts';
import type { HeldStampsTable, SettingsTable } from './tables/settings.ts';
import type {
  OidcModelsTable,
  SignInAttemptsTable,
  SignInFlowsTable,
  SignInsTable,
  SigningKeysTable,
  VerificationsTable,
} from './tables/sign-ins.ts';
import type {
  AuthenticatorsTable,
  BackupCodesTable,
  EmailChangesTable,
  OtherRecipientsTable,
  PhoneChangesTable,
  TrustedDevicesTable,
  UsersTable,
} from './tables/users.ts';
import type { HookAttemptsTable, HookDeliveriesTable, HooksTable } from './tables/webhooks.ts';

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
  notices: NoticesTable;
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
  other_recipients: OtherRecipientsTable;
  phone_changes: PhoneChangesTable;
  email_changes: EmailChangesTable;
  backup_codes: BackupCodesTable;
  authenticators: AuthenticatorsTable;
  trusted_devices: TrustedDevicesTable;
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
