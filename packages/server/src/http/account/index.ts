import type { AppInstance } from '../app-instance.ts';
import { boundBodies, maxUserBytes } from '../bodies.ts';
import { keepProviderFromStrangers } from '../errors.ts';
import { type AccountDeps, takeUserTokens } from './account-request.ts';
import { myAccount } from './my-account.ts';
import { myMfaVerifications } from './my-mfa-verifications.ts';
import { myOtherRecipients } from './my-other-recipients.ts';
import { myPassword } from './my-password.ts';
import { myProfile } from './my-profile.ts';
import { myRecipients } from './my-recipients.ts';
import { mySecondFactor } from './my-second-factor.ts';
import { myTrustedDevices } from './my-trusted-devices.ts';
import { verifications } from './verifications.ts';

/** What a page of another origin may send and read (Fetch Standard, CORS protocol). */
const preflight = {
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': 'authorization, content-type, sesame-verification-id, logto-verification-id',
  'access-control-max-age': '7200',
};

const operations = [
  myAccount,
  myProfile,
  myRecipients,
  myPassword,
  mySecondFactor,
  myMfaVerifications,
  myOtherRecipients,
  myTrustedDevices,
  verifications,
];

/** The Account API: what signed-in users see and change of themselves, with the access token of an application. */
export function registerAccountApi(app: AppInstance, deps: AccountDeps): void {
  app.register(async (scope: AppInstance) => {
    keepProviderFromStrangers(scope);
    // Any origin: the proof is a token that a page has to hold, not a cookie that browsers add.
    scope.addHook('onRequest', async (_request, reply) => {
      reply.headers({
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'retry-after, www-authenticate',
        'cross-origin-resource-policy': 'cross-origin',
      });
    });
    for (const path of ['/my-account', '/my-account/*', '/verifications/*']) {
      scope.options(path, { schema: { hide: true } }, (_request, reply) =>
        reply.code(204).headers(preflight).send(null),
      );
    }
    scope.register(async (behindToken: AppInstance) => {
      takeUserTokens(behindToken, deps);
      boundBodies(behindToken, maxUserBytes);
      for (const operation of operations) operation(behindToken, deps);
    });
  });
}
