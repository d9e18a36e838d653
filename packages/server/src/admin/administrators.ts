import type { Passwords } from '../accounts/passwords.ts';
import type { Platform } from '../platform.ts';
import type { Devices } from '../protection/devices.ts';
import type { Store } from '../store/store.ts';
import { createColleagues } from './colleagues.ts';
import { createFirstAdministrator } from './first-administrator.ts';
import { createPasswordLinks } from './password-links.ts';
import { createAdministratorSessions } from './sessions.ts';

export type Administrators = ReturnType<typeof createAdministrators>;

/** The people who run this server: the first of them, the others, and their sessions of the Console. */
export function createAdministrators(deps: {
  store: Store;
  platform: Platform;
  passwords: Passwords;
  devices: Devices;
}) {
  return {
    ...createFirstAdministrator(deps),
    ...createAdministratorSessions(deps),
    colleagues: createColleagues(deps),
    passwordLinks: createPasswordLinks(deps),
  };
}
