import type { AppInstance } from '../app-instance.ts';
import type { AccountDeps } from './account-request.ts';
import { myAccount } from './my-account.ts';
import { myPassword } from './my-password.ts';
import { myPhone } from './my-phone.ts';
import { verifications } from './verifications.ts';

/** The Account API: what signed-in users see and change of themselves, with the access token of an application. */
export function registerAccountApi(app: AppInstance, deps: AccountDeps): void {
  for (const operation of [myAccount, myPhone, myPassword, verifications]) operation(app, deps);
}
