import type { AppInstance } from '../app-instance.ts';
import { boundBodies, maxOpenBytes } from '../bodies.ts';
import { keepProviderFromStrangers } from '../errors.ts';
import { authenticators } from './authenticators.ts';
import { backupCodes } from './backup-codes.ts';
import { type ExperienceDeps, takeFlowCookies } from './flow-request.ts';
import { getAccountCenter } from './get-account-center.ts';
import { getCaptcha } from './get-captcha.ts';
import { getInteraction } from './get-interaction.ts';
import { getSignInExperience } from './get-sign-in-experience.ts';
import { identify } from './identify.ts';
import { newPasswordIdentity } from './new-password-identity.ts';
import { profile } from './profile.ts';
import { putInteraction } from './put-interaction.ts';
import { secondCode } from './second-code.ts';
import { sendCode } from './send-code.ts';
import { submit } from './submit.ts';
import { verifyCode } from './verify-code.ts';
import { verifyPassword } from './verify-password.ts';

/** The Experience API: sign-up, sign-in and forgot password on pages of one's own. */
export function registerExperienceApi(app: AppInstance, deps: ExperienceDeps): void {
  const open = [getSignInExperience, getAccountCenter];
  const ofFlows = [
    getCaptcha,
    putInteraction,
    getInteraction,
    sendCode,
    verifyCode,
    secondCode,
    authenticators,
    backupCodes,
    verifyPassword,
    newPasswordIdentity,
    identify,
    profile,
    submit,
  ];
  app.register(async (scope: AppInstance) => {
    keepProviderFromStrangers(scope);
    boundBodies(scope, maxOpenBytes);
    for (const operation of open) operation(scope, deps);
    scope.register(async (behindCookies: AppInstance) => {
      takeFlowCookies(behindCookies, deps);
      for (const operation of ofFlows) operation(behindCookies, deps);
    });
  });
}
