import { createDevelopmentInbox } from '@sesame/connector-development-inbox';
import { createApplications } from './accounts/applications.ts';
import { createAuthenticators } from './accounts/authenticators.ts';
import { createBackupCodes } from './accounts/backup-codes.ts';
import { createFactorChanges } from './accounts/factor-changes.ts';
import { createNoticing } from './accounts/noticing.ts';
import { createPasswordLocks } from './accounts/password-locks.ts';
import { createPasswords } from './accounts/passwords.ts';
import { createResources } from './accounts/resources/resources.ts';
import { createScopes } from './accounts/resources/scopes.ts';
import { createSecondLocks } from './accounts/second-locks.ts';
import { createSignIns } from './accounts/sign-ins.ts';
import { createStandIns } from './accounts/stand-ins.ts';
import { createTrustedDevices } from './accounts/trusted-devices.ts';
import { toUser } from './accounts/user-record.ts';
import { createUsers } from './accounts/users.ts';
import { createAdministrators } from './admin/administrators.ts';
import { createAuditLog } from './admin/audit-log.ts';
import { createConnectors } from './connectors/connectors.ts';
import { isDevelopmentInbox, loadFactories } from './connectors/factories.ts';
import type { InstalledOptions } from './connectors/installed/load-installed.ts';
import { createAccountCenterStore } from './experience/account-center.ts';
import { createCustomPhrases } from './experience/custom-phrases.ts';
import { createSignInExperienceStore } from './experience/sign-in-experience.ts';
import { createAlerts } from './messaging/alerts/alerts.ts';
import { createEmailTemplates } from './messaging/email-templates.ts';
import { createFollowUps } from './messaging/follow-ups/follow-ups.ts';
import { createMessaging } from './messaging/messaging.ts';
import type { Observer } from './messaging/observer.ts';
import { createReportAddresses } from './messaging/report-addresses.ts';
import { createReports } from './messaging/reports.ts';
import { createNotices } from './notices/notices.ts';
import { createUserSessions } from './oidc/sessions.ts';
import { createSigningKeys } from './oidc/signing-keys.ts';
import type { Platform } from './platform.ts';
import { createAttacks } from './protection/attacks.ts';
import { createDevices } from './protection/devices.ts';
import { createGuard } from './protection/guard.ts';
import { createHumanCheck } from './protection/human-check/human-check.ts';
import { createPrices } from './protection/money/prices.ts';
import { createSpentBefore } from './protection/money/spent-before.ts';
import { createTestNumbers } from './protection/test-numbers.ts';
import type { SecretKeys } from './secrets/secret-keys.ts';
import { createAccount } from './sign-in/account.ts';
import { createNetworkLimits } from './sign-in/network-limits.ts';
import { createNewAuthenticators } from './sign-in/new-authenticators.ts';
import { createOwnFactors } from './sign-in/own-factors.ts';
import { createSignInFlows } from './sign-in/sign-in-flows.ts';
import { createVerifications } from './sign-in/verifications.ts';
import { createLedger } from './store/guard-ledger.ts';
import { createHeld } from './store/held.ts';
import { createReadiness } from './store/readiness.ts';
import type { Store } from './store/store.ts';
import { createCodeLinks } from './verification/code-link.ts';
import { createSimulation } from './verification/simulation/simulation.ts';
import { createVerification } from './verification/verification.ts';
import { createDeliverer } from './webhooks/deliverer.ts';
import { createHooks, type Hooks } from './webhooks/hooks.ts';
import type { ShowUser } from './webhooks/payload.ts';
import { createTelling } from './webhooks/telling.ts';

type Deps = {
  store: Store;
  platform: Platform;
  secretKeys: SecretKeys;
  observer: Observer;
  /** Base URL without a slash at the end. */
  publicUrl: string;
  /** The name of the Management API in tokens. */
  apiIndicator: string;
  /** Whether a proxy brings people here whom it is believed who they are. */
  isBehindProxy?: boolean;
  /** Whether webhooks may be on private networks. */
  allowsPrivateWebhooks?: boolean;
  /** Where the development inbox prints messages; `null` where nobody reads them. */
  print: ((line: string) => void) | null;
  /** Where installed connectors are, and who is told of them. */
  installed?: Omit<InstalledOptions, 'reservedIds'>;
};

/** As Logto's webhooks have users: without what is known of passwords. */
const showUser: ShowUser = (row) => {
  const { hasPassword: _, ...user } = toUser({ ...row, password_digest: null });
  return user;
};

/** Puts the rooms together. */
export async function createServices({
  store,
  platform,
  secretKeys,
  observer,
  publicUrl,
  apiIndicator,
  isBehindProxy = false,
  allowsPrivateWebhooks = false,
  print,
  installed = { folders: [] },
}: Deps) {
  const inbox = createDevelopmentInbox({ print, now: platform.now });
  const factories = await loadFactories({ platform, inbox, installed });
  const held = createHeld({ store, platform });
  const fetchHook = allowsPrivateWebhooks ? platform.fetch : platform.publicFetch;
  const hooks: Hooks = createHooks({
    ...{ store, platform, held, secretKeys, showUser, fetch: fetchHook },
    allowsPrivate: allowsPrivateWebhooks,
    wake: () => deliverer.wake(),
  });
  const deliverer = createDeliverer({
    ...{ store, platform, showUser, fetch: fetchHook },
    switchedOn: hooks.switchedOn,
    onGone: observer.hookGone,
    onError: observer.deliveryFailed,
  });
  const events = createTelling({ store, platform, isWanted: hooks.isWanted, wake: deliverer.wake });
  const connectors = createConnectors({ store, platform, held, secretKeys, factories, events });
  const experience = createSignInExperienceStore({ store, platform, held });
  const fallbackLanguage = async () => (await experience.read()).languageInfo.fallbackLanguage;
  const emailTemplates = createEmailTemplates({ store, platform, held, fallbackLanguage });
  const reportAddresses = createReportAddresses({ key: secretKeys.reports, publicUrl });
  const prices = createPrices({ store, platform, held, isFree: isDevelopmentInbox });
  const countSpentBefore = createSpentBefore({ store, platform });
  const messaging = createMessaging({
    store,
    platform,
    connectors,
    factories,
    emailTemplates,
    reportAddresses,
    linkOfTests: `${publicUrl}/verify`,
    priceOf: prices.estimate,
    events,
    observer,
  });
  const reports = createReports({
    ...{ store, platform, connectors, factories, addresses: reportAddresses, events, observer },
  });
  const followUps = createFollowUps({
    ...{ store, platform, connectors, take: reports.takeAnswers },
    onFailure: observer.followUpFailed,
  });
  const accountCenter = createAccountCenterStore({ store, platform, held });
  const customPhrases = createCustomPhrases({ store, platform, held });
  const devices = createDevices({ store, platform, secretKeys });
  const onTrouble = observer.checkInTrouble;
  const humanCheck = createHumanCheck({ store, platform, held, secretKeys, publicUrl, onTrouble });
  const testNumbers = createTestNumbers({ store, platform, held, secretKeys, publicUrl });
  const guard = createGuard({ ledger: createLedger(store), platform });
  const attacks = createAttacks({ store, platform });
  const isOpenToOthers = isBehindProxy || publicUrl.startsWith('https:');
  const costsNothingHere = async () => {
    const live = isOpenToOthers ? undefined : await connectors.live('Sms');
    return live !== undefined && (await prices.costNothing(live.row.factory_id));
  };
  const verification = createVerification({
    store,
    platform,
    secretKeys,
    experience,
    messaging,
    devices,
    testNumbers,
    guard,
    attacks,
    prices,
    countSpentBefore,
    costsNothingHere,
    events,
    observer,
  });
  const simulation = createSimulation({ store, platform, prices });
  const passwords = createPasswords(platform);
  const applications = createApplications({ store, platform, held });
  const resources = createResources({ store, platform, held, apiIndicator });
  const scopes = createScopes({ store, platform, held, events });
  const findStandIn = createStandIns({ store, key: secretKeys.standIns });
  const notices = createNotices({
    ...{ store, platform, experience, connectors, testNumbers, messaging, verification, held },
    onError: observer.noticeFailed,
  });
  const isNoticed = async () => Object.values((await experience.read()).accountNotices).includes(true);
  const noticing = createNoticing({ store, platform, isOn: isNoticed, wake: notices.wake });
  const users = createUsers({ store, platform, passwords, devices, findStandIn, events, notices: noticing });
  const changes = createFactorChanges({ store, platform, events, notices: noticing });
  const ofFactors = { store, platform, changes, notices: noticing };
  const backupCodes = createBackupCodes({ ...ofFactors, key: secretKeys.backupCodes });
  const issuer = async () => (await experience.read()).branding.name || new URL(publicUrl).host;
  const authenticators = createAuthenticators({ ...ofFactors, secretKeys, issuer });
  const ownFactors = createOwnFactors({ authenticators });
  const policy = async () => (await experience.read()).trustedDevicePolicy;
  const trustedDevices = createTrustedDevices({ store, platform, devices, policy });
  const signIns = createSignIns({ store, platform });
  const passwordLocks = createPasswordLocks({ store, platform });
  const secondLocks = createSecondLocks({ store, platform });
  const auditLog = createAuditLog({ store, platform });
  const administrators = createAdministrators({
    store,
    platform,
    passwords,
    devices,
    secretKeys,
    auditLog,
    publicUrl,
  });
  const signingKeys = await createSigningKeys({ store, platform, held, secretKeys });
  const userSessions = createUserSessions({ store, platform });
  const networks = createNetworkLimits({ store, platform });
  const codeLinks = createCodeLinks({ secretKeys, platform, publicUrl });
  const verifications = createVerifications({
    store,
    platform,
    experience,
    codes: verification,
    codeLinks,
    users,
    networks,
    publicUrl,
  });
  const newAuthenticators = createNewAuthenticators({ store, platform, verifications, authenticators });
  const signInFlows = createSignInFlows({
    store,
    platform,
    experience,
    accountCenter,
    verifications,
    networks,
    users,
    backupCodes,
    authenticators,
    newAuthenticators,
    ownFactors,
    trustedDevices,
    devices,
    humanCheck,
    events,
  });
  const account = createAccount({
    store,
    users,
    backupCodes,
    authenticators,
    newAuthenticators,
    ownFactors,
    trustedDevices,
    verifications,
    networks,
    experience,
    accountCenter,
    connectors,
  });
  const readiness = createReadiness({ store, platform });
  const alerts = createAlerts({ store, platform, connectors, hooks, events });
  return {
    store,
    held,
    hooks,
    deliverer,
    events,
    alerts,
    readiness,
    platform,
    secretKeys,
    inbox,
    factories,
    connectors,
    emailTemplates,
    messaging,
    reportAddresses,
    reports,
    followUps,
    notices,
    experience,
    accountCenter,
    customPhrases,
    devices,
    humanCheck,
    testNumbers,
    guard,
    attacks,
    prices,
    countSpentBefore,
    simulation,
    verification,
    applications,
    resources,
    scopes,
    users,
    backupCodes,
    authenticators,
    ownFactors,
    trustedDevices,
    signIns,
    passwordLocks,
    secondLocks,
    passwords,
    administrators,
    auditLog,
    signingKeys,
    userSessions,
    networks,
    codeLinks,
    verifications,
    signInFlows,
    account,
  };
}
export type Services = Awaited<ReturnType<typeof createServices>>;
