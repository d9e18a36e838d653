import type { FastifyError, FastifyInstance } from 'fastify';
import { ApiError } from '../../errors.ts';
import type { AppInstance } from '../app-instance.ts';
import { takeForms } from '../bodies.ts';
import { accountAuthenticator } from './account/account-authenticator.ts';
import { accountBackupCodes } from './account/account-backup-codes.ts';
import { accountOtherRecipients } from './account/account-other-recipients.ts';
import { account } from './account/account-page.ts';
import { accountPassword } from './account/account-password.ts';
import { accountRecipients } from './account/account-recipients.ts';
import { accountSecondStep } from './account/account-second-step.ts';
import { accountTrustedDevices } from './account/account-trusted-devices.ts';
import { accountVerify } from './account/account-verify.ts';
import { SignInFirst, signInUrl } from './account/account-visit.ts';
import { assetFiles } from './parts/asset-files.ts';
import { sendErrorPage, sendRefusal } from './parts/error-page.ts';
import type { PageDeps } from './parts/page-deps.ts';
import { signInAuthenticators } from './sign-in/authenticators.ts';
import { signInBackupCodes } from './sign-in/backup-codes.ts';
import { checkPages } from './sign-in/check-page.ts';
import { codeLink } from './sign-in/code-link.ts';
import { codePages } from './sign-in/code-pages.ts';
import { forgotPassword } from './sign-in/forgot-password.ts';
import { offerPages } from './sign-in/offer-pages.ts';
import { signInByPassword } from './sign-in/password-page.ts';
import { recipientPages } from './sign-in/recipient-pages.ts';
import { registerProfile } from './sign-in/register-profile.ts';
import { secondStep } from './sign-in/second-step.ts';
import { ways } from './sign-in/ways.ts';

const pages = [
  recipientPages,
  codePages,
  checkPages,
  codeLink,
  signInByPassword,
  offerPages,
  registerProfile,
  forgotPassword,
  secondStep,
  signInAuthenticators,
  signInBackupCodes,
  ways,
  account,
  accountVerify,
  accountOtherRecipients,
  accountRecipients,
  accountPassword,
  accountSecondStep,
  accountAuthenticator,
  accountBackupCodes,
  accountTrustedDevices,
];

/** The hosted pages: sign-up, sign-in, forgot password, and the account of whoever is signed in. */
export async function registerPages(app: FastifyInstance, deps: PageDeps): Promise<void> {
  await app.register(async (scope: AppInstance) => {
    scope.removeAllContentTypeParsers();
    takeForms(scope);
    scope.addHook('onRoute', (route) => {
      route.schema = { ...route.schema, hide: true };
    });
    scope.setErrorHandler<FastifyError>((error, request, reply) => {
      if (!(error instanceof SignInFirst)) return sendRefusal(deps, error, request, reply);
      const url = signInUrl(request, deps);
      if (url !== undefined) return reply.redirect(url, 303);
      return sendErrorPage(deps, new ApiError('auth.unauthorized'), request, reply);
    });
    assetFiles(scope, deps);
    for (const page of pages) page(scope, deps);
    for (const path of ['/sign-in', '/register', '/forgot-password', '/account']) {
      scope.all(`${path}/*`, async () => {
        throw new ApiError('entity.not_found');
      });
    }
  });
}
