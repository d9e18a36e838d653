import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Schema } from '../schema.ts';
import * as initial from './0001-initial.ts';
import * as auditLog from './0002-audit-log.ts';
import * as signIn from './0003-sign-in.ts';
import * as sessions from './0004-sessions.ts';
import * as counters from './0005-counters.ts';
import * as expiryIndexes from './0006-expiry-indexes.ts';
import * as administratorLinks from './0007-administrator-links.ts';
import * as rolesAndTwoSteps from './0008-roles-and-two-steps.ts';
import * as phoneSpellings from './0009-phone-spellings.ts';
import * as usersFromElsewhere from './0011-users-from-elsewhere.ts';
import * as resources from './0012-resources.ts';
import * as whatAccountsGet from './0014-what-accounts-get.ts';
import * as unconfiguredConnectors from './0015-unconfigured-connectors-and-token-lifetimes.ts';
import * as administeringApplications from './0018-administering-applications.ts';
import * as instancesOfApplications from './0019-instances-of-applications.ts';
import * as lists from './0020-lists.ts';
import * as messageFigures from './0021-message-figures.ts';
import * as changesOfWhatIsHeld from './0022-changes-of-what-is-held.ts';
import * as followingOnePerson from './0033-following-one-person.ts';
import * as managementScopes from './0034-management-scopes.ts';
import * as emailOfUsers from './0045-email-of-users.ts';
import * as activeUsers from './0046-active-users.ts';
import * as browsersOfUsers from './0047-browsers-of-users.ts';
import * as failureFigures from './0048-failure-figures.ts';
import * as activityFigures from './0049-activity-figures.ts';
import * as findingUsers from './0050-finding-users.ts';
import * as suppressions from './0051-suppressions.ts';
import * as codesByEmail from './0052-codes-by-email.ts';
import * as emailTemplates from './0053-email-templates.ts';
import * as proofsOfUsers from './0054-proofs-of-users.ts';
import * as changesOfAddresses from './0055-changes-of-addresses.ts';
import * as suppressionsByHand from './0063-suppressions-by-hand.ts';
import * as deliveryReports from './0064-delivery-reports.ts';
import * as humanChecks from './0068-human-checks-and-test-numbers.ts';
import * as guard from './0069-guard.ts';
import * as codesOfTokens from './0070-codes-of-tokens.ts';
import * as attacks from './0078-attacks.ts';
import * as guardInMemory from './0079-guard-in-memory.ts';
import * as money from './0080-money.ts';
import * as webhooks from './0083-webhooks.ts';
import * as oneCode from './0084-one-code-per-verification.ts';
import * as lastSignIns from './0086-last-sign-ins.ts';
import * as guardJournal from './0088-guard-journal.ts';
import * as arrivalFigures from './0090-arrival-figures.ts';
import * as followUps from './0091-follow-ups.ts';
import * as boundedDecisions from './0092-bounded-decisions.ts';
import * as browsersOfAdministrators from './0095-browsers-of-administrators.ts';
import * as waysOfMessages from './0098-ways-of-messages.ts';
import * as orderOfChanges from './0099-order-of-changes.ts';
import * as secondFactors from './0100-second-factors.ts';
import * as usersWithoutSecondFactors from './0101-users-without-second-factors.ts';
import * as placesOfUsers from './0104-places-of-users.ts';
import * as indexOfEndedSessions from './0108-index-of-ended-sessions.ts';
import * as messagesBefore from './0110-messages-before.ts';
import * as startsOfIds from './0112-starts-of-ids.ts';
import * as uidsByThemselves from './0114-uids-by-themselves.ts';
import * as backupCodes from './0116-backup-codes.ts';
import * as notices from './0117-notices.ts';
import * as otherRecipients from './0118-other-recipients.ts';
import * as authenticators from './0121-authenticators.ts';
import * as stepUp from './0122-step-up.ts';
import * as trustedDevices from './0123-trusted-devices.ts';
import * as usersWhoDeclined from './0124-users-who-declined.ts';
import * as trustOfKnownBrowsers from './0125-trust-of-known-browsers.ts';

/** Every migration in order; a new one is a file `NNNN-what-it-does.ts` and a line here. Landed ones never change. */
const migrations: Record<string, Migration> = {
  '0001-initial': initial,
  '0002-audit-log': auditLog,
  '0003-sign-in': signIn,
  '0004-sessions': sessions,
  '0005-counters': counters,
  '0006-expiry-indexes': expiryIndexes,
  '0007-administrator-links': administratorLinks,
  '0008-roles-and-two-steps': rolesAndTwoSteps,
  '0009-phone-spellings': phoneSpellings,
  '0011-users-from-elsewhere': usersFromElsewhere,
  '0012-resources': resources,
  '0014-what-accounts-get': whatAccountsGet,
  '0015-unconfigured-connectors-and-token-lifetimes': unconfiguredConnectors,
  '0018-administering-applications': administeringApplications,
  '0019-instances-of-applications': instancesOfApplications,
  '0020-lists': lists,
  '0021-message-figures': messageFigures,
  '0022-changes-of-what-is-held': changesOfWhatIsHeld,
  '0033-following-one-person': followingOnePerson,
  '0034-management-scopes': managementScopes,
  '0045-email-of-users': emailOfUsers,
  '0046-active-users': activeUsers,
  '0047-browsers-of-users': browsersOfUsers,
  '0048-failure-figures': failureFigures,
  '0049-activity-figures': activityFigures,
  '0050-finding-users': findingUsers,
  '0051-suppressions': suppressions,
  '0052-codes-by-email': codesByEmail,
  '0053-email-templates': emailTemplates,
  '0054-proofs-of-users': proofsOfUsers,
  '0055-changes-of-addresses': changesOfAddresses,
  '0063-suppressions-by-hand': suppressionsByHand,
  '0064-delivery-reports': deliveryReports,
  '0068-human-checks-and-test-numbers': humanChecks,
  '0069-guard': guard,
  '0070-codes-of-tokens': codesOfTokens,
  '0078-attacks': attacks,
  '0079-guard-in-memory': guardInMemory,
  '0080-money': money,
  '0083-webhooks': webhooks,
  '0084-one-code-per-verification': oneCode,
  '0086-last-sign-ins': lastSignIns,
  '0088-guard-journal': guardJournal,
  '0090-arrival-figures': arrivalFigures,
  '0091-follow-ups': followUps,
  '0092-bounded-decisions': boundedDecisions,
  '0095-browsers-of-administrators': browsersOfAdministrators,
  '0098-ways-of-messages': waysOfMessages,
  '0099-order-of-changes': orderOfChanges,
  '0100-second-factors': secondFactors,
  '0101-users-without-second-factors': usersWithoutSecondFactors,
  '0104-places-of-users': placesOfUsers,
  '0108-index-of-ended-sessions': indexOfEndedSessions,
  '0110-messages-before': messagesBefore,
  '0112-starts-of-ids': startsOfIds,
  '0114-uids-by-themselves': uidsByThemselves,
  '0116-backup-codes': backupCodes,
  '0117-notices': notices,
  '0118-other-recipients': otherRecipients,
  '0121-authenticators': authenticators,
  '0122-step-up': stepUp,
  '0123-trusted-devices': trustedDevices,
  '0124-users-who-declined': usersWhoDeclined,
  '0125-trust-of-known-browsers': trustOfKnownBrowsers,
};

/** What this version knows, in order. */
export const migrationNames: readonly string[] = Object.keys(migrations);

/**
 * Tells by a look at one table whether exactly these have run: that is so at nearly every start, and Kysely's migrator
 * would read the whole catalogue and take a lock to find it out.
 * @param findTable gives a row where the table of migrations is
 */
export async function isMigrated(db: Kysely<Schema>, findTable: RawBuilder<unknown>): Promise<boolean> {
  const { rows: found } = await findTable.execute(db);
  if (found.length === 0) return false;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const ran = rows.map(({ name }) => name).toSorted();
  return ran.join() === migrationNames.join();
}

/**
 * Runs the migrations that have not run yet. @throws the error of the migration that failed
 * @param schema of PostgreSQL, where the tables are; made when it is not there
 * @param begins told before each that runs, with how many of them there are
 */
export async function migrateToLatest(
  db: Kysely<Schema>,
  schema: string | undefined,
  begins: (migration: MigrationStep) => void = () => {},
): Promise<void> {
  let wasNew = false;
  const told = Object.entries(migrations).map(([name, { up }], index): [string, Migration] => [
    name,
    {
      async up(transaction) {
        wasNew ||= index === 0;
        begins({ name, number: index + 1, of: migrationNames.length, isNew: wasNew });
        await up(transaction);
      },
    },
  ]);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => Object.fromEntries(told) },
    // What was made side by side lands in any order, and whoever has followed has a later one without an earlier one.
    allowUnorderedMigrations: true,
    ...(schema !== undefined && { migrationTableSchema: schema }),
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/** A migration that runs now. */
export type MigrationStep = {
  name: string;
  number: number;
  /** How many there are in all. */
  of: number;
  /** Whether there were no tables before. */
  isNew: boolean;
};
