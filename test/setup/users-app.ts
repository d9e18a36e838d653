import Fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Users } from '../../packages/server/src/accounts/users.ts';
import { createSignInExperienceStore } from '../../packages/server/src/experience/sign-in-experience.ts';
import type { AppInstance } from '../../packages/server/src/http/app-instance.ts';
import { handleErrors } from '../../packages/server/src/http/errors.ts';
import { registerUsers } from '../../packages/server/src/http/management/users/index.ts';
import { refuseUnknownInput } from '../../packages/server/src/http/strict-input.ts';
import { createUserSessions } from '../../packages/server/src/oidc/sessions.ts';
import type { Platform } from '../../packages/server/src/platform.ts';
import { deriveSecretKeys } from '../../packages/server/src/secrets/secret-keys.ts';
import { createHeld } from '../../packages/server/src/store/held.ts';
import type { Store } from '../../packages/server/src/store/store.ts';

/** The operations on users as an app, without the proof of who is calling. */
export function newUsersApp(deps: { users: Users; store: Store; platform: Platform }): AppInstance {
  const app = Fastify()
    .setValidatorCompiler(validatorCompiler)
    .setSerializerCompiler(serializerCompiler) as AppInstance;
  const experience = createSignInExperienceStore({ ...deps, held: createHeld(deps) });
  // Whoever calls may go on.
  app.decorateRequest('admit', async () => {});
  app.decorateRequest('stillAllowed', () => []);
  handleErrors(app);
  refuseUnknownInput(app);
  app.register(
    async (scope) =>
      registerUsers(scope as AppInstance, {
        ...deps,
        experience,
        userSessions: createUserSessions(deps),
        secretKeys: deriveSecretKeys('the users of a test'),
      }),
    { prefix: '/api' },
  );
  return app;
}
