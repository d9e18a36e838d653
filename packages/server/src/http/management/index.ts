import type { Services } from '../../services.ts';
import type { AppInstance } from '../app-instance.ts';
import { accountCenter } from './account-center/account-center.ts';
import { registerApplications } from './applications/index.ts';
import { getAuditLog } from './audit-log/get-audit-log.ts';
import { captchaProvider } from './captcha-provider/captcha-provider.ts';
import { testCaptchaProvider } from './captcha-provider/test-captcha-provider.ts';
import { getConnectorFactories } from './connector-factories/get-connector-factories.ts';
import { getConnectorProblems } from './connector-factories/get-connector-problems.ts';
import { connectorHistory } from './connectors/connector-history.ts';
import { createConnector } from './connectors/create-connector.ts';
import { deleteConnector } from './connectors/delete-connector.ts';
import { getConnectors } from './connectors/get-connectors.ts';
import { checkUnsavedDeliverability, getDeliverability } from './connectors/get-deliverability.ts';
import { testConnector } from './connectors/test-connector.ts';
import { updateConnector } from './connectors/update-connector.ts';
import { customPhrases } from './custom-phrases/custom-phrases.ts';
import { getDefaultPhrases } from './custom-phrases/get-default-phrases.ts';
import { getAlerts } from './dashboard/get-alerts.ts';
import { getArrivals } from './dashboard/get-arrivals.ts';
import { getFailureReasons } from './dashboard/get-failure-reasons.ts';
import { getFailures } from './dashboard/get-failures.ts';
import { getUserFigures } from './dashboard/get-user-figures.ts';
import { getVerificationDashboard } from './dashboard/get-verification-dashboard.ts';
import { clearDevelopmentInbox } from './development-inbox/clear-development-inbox.ts';
import { getDevelopmentInbox } from './development-inbox/get-development-inbox.ts';
import { changeEmailTemplate } from './email-templates/change-email-template.ts';
import { deleteEmailTemplates } from './email-templates/delete-email-templates.ts';
import { getEmailTemplates } from './email-templates/get-email-templates.ts';
import { putEmailTemplates } from './email-templates/put-email-templates.ts';
import { registerHooks } from './hooks/index.ts';
import { getMessage } from './messages/get-message.ts';
import { getMessages } from './messages/get-messages.ts';
import { registerProtection } from './protection/index.ts';
import { registerResources } from './resources/index.ts';
import { search } from './search/search.ts';
import { checkPassword } from './sign-in-experience/check-password.ts';
import { previewSignInExperience } from './sign-in-experience/preview.ts';
import { signInExperience } from './sign-in-experience/sign-in-experience.ts';
import { signingKeys } from './signing-keys/signing-keys.ts';
import { changeSuppressions } from './suppressions/change-suppressions.ts';
import { listSuppressions } from './suppressions/list-suppressions.ts';
import { getSystem, type SystemSettings } from './system/get-system.ts';
import { testNumbers } from './test-numbers/test-numbers.ts';
import { registerUsers } from './users/index.ts';
import { recipientHistory } from './users/recipient-history.ts';
import { unlockUser } from './users/unlock-user.ts';
import { userAccess } from './users/user-access.ts';
import { userDevices } from './users/user-devices.ts';
import { userMfaVerifications } from './users/user-mfa-verifications.ts';
import { userOtherRecipients } from './users/user-other-recipients.ts';
import { userSessions } from './users/user-sessions.ts';
import { userSignIns } from './users/user-sign-ins.ts';
import { userTrustedDevices } from './users/user-trusted-devices.ts';
import { sendVerificationCode } from './verification-codes/send-verification-code.ts';
import { unlockRecipient } from './verification-codes/unlock-recipient.ts';
import { verifyVerificationCode } from './verification-codes/verify-verification-code.ts';

const operations: ((app: AppInstance, services: Services) => void)[] = [
  getConnectorFactories,
  getConnectorProblems,
  getConnectors,
  getDeliverability,
  checkUnsavedDeliverability,
  createConnector,
  updateConnector,
  deleteConnector,
  testConnector,
  connectorHistory,
  sendVerificationCode,
  verifyVerificationCode,
  unlockRecipient,
  getMessage,
  getMessages,
  getDevelopmentInbox,
  clearDevelopmentInbox,
  getVerificationDashboard,
  getArrivals,
  getAlerts,
  getFailures,
  getFailureReasons,
  getUserFigures,
  getAuditLog,
  search,
  signInExperience,
  previewSignInExperience,
  checkPassword,
  accountCenter,
  customPhrases,
  captchaProvider,
  testCaptchaProvider,
  testNumbers,
  registerProtection,
  changeSuppressions,
  listSuppressions,
  getEmailTemplates,
  putEmailTemplates,
  changeEmailTemplate,
  deleteEmailTemplates,
  getDefaultPhrases,
  registerHooks,
  registerApplications,
  registerResources,
  registerUsers,
  unlockUser,
  userAccess,
  recipientHistory,
  userDevices,
  userOtherRecipients,
  userTrustedDevices,
  userSessions,
  userSignIns,
  userMfaVerifications,
  signingKeys,
];

const nothingShown: SystemSettings = { shown: [], feedbackUrl: undefined };

/** Every operation of the Management API, relative to the prefix `/api`. */
export function registerManagementApi(
  app: AppInstance,
  services: Services,
  settings: SystemSettings = nothingShown,
): void {
  for (const register of operations) register(app, services);
  getSystem(app, services, settings);
}
