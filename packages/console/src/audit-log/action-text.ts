import type { ParseKeysWithoutVariables } from 'i18next';

/** The sentence for each action of the audit log. */
export const actionTexts: Record<string, ParseKeysWithoutVariables | undefined> = {
  'administrator.change-password': 'auditLog.action.administratorChangePassword',
  'administrator.create': 'auditLog.action.administratorCreate',
  'administrator.delete': 'auditLog.action.administratorDelete',
  'administrator.end-session': 'auditLog.action.administratorEndSession',
  'administrator.sign-in': 'auditLog.action.administratorSignIn',
  'administrator.sign-out': 'auditLog.action.administratorSignOut',
  'application.create': 'auditLog.action.applicationCreate',
  'application.delete': 'auditLog.action.applicationDelete',
  'application.rotate-secret': 'auditLog.action.applicationRotateSecret',
  'application.update': 'auditLog.action.applicationUpdate',
  'connector.delete': 'auditLog.action.connectorDelete',
  'connector.forget': 'auditLog.action.connectorForget',
  'connector.restore': 'auditLog.action.connectorRestore',
  'connector.set-up': 'auditLog.action.connectorSetUp',
  'connector.test': 'auditLog.action.connectorTest',
  'connector.update': 'auditLog.action.connectorUpdate',
  'phone.unlock': 'auditLog.action.phoneUnlock',
  'sign-in-experience.change': 'auditLog.action.policiesChange',
  'user.create': 'auditLog.action.userCreate',
  'user.delete': 'auditLog.action.userDelete',
  'user.set-password': 'auditLog.action.userSetPassword',
  'user.set-suspended': 'auditLog.action.userSetSuspended',
  'user.update': 'auditLog.action.userUpdate',
};
