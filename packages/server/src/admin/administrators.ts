import type { Passwords } from '../accounts/passwords.ts';
import type { Platform } from '../platform.ts';
import type { Devices } from '../protection/devices.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import type { Store } from '../store/store.ts';
import type { AuditLog } from './audit-log.ts';
import { createColleagues } from './colleagues.ts';
import { createFirstAdministrator } from './first-administrator.ts';
import { createPasswordLinks } from './password-links.ts';
import { createSecondStep } from './second-step.ts';
import { createAdministratorSessions } from './sessions.ts';
import { createTwoStep } from './two-step.ts';

export type Administrators = ReturnType<typeof createAdministrators>;

/** What administrators are made of. */
export type AdministratorsDeps = {
  store: Store;
  platform: Platform;
  passwords: Passwords;
  devices: Devices;
  secretKeys: SecretKeys;
  auditLog: AuditLog;
  /** Base URL; authenticator apps call the server by its host. */
  publicUrl: string;
};

/** The people who run this server: the first of them, the others, their two steps, and their sessions of the Console. */
export function createAdministrators(deps: AdministratorsDeps) {
  const secondStep = createSecondStep(deps);
  const sessions = createAdministratorSessions({ ...deps, secondStep });
  const issuer = `Sesame (${new URL(deps.publicUrl).hostname})`;
  return {
    ...createFirstAdministrator(deps),
    ...sessions,
    colleagues: createColleagues(deps),
    passwordLinks: createPasswordLinks(deps),
    twoStep: createTwoStep({ ...deps, issuer, secondStep, confirmPassword: sessions.confirmPassword }),
  };
}
