import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import type { Authenticate } from '../../authenticate-session.ts';
import { boundBodies, maxOpenBytes } from '../../bodies.ts';
import { guard } from '../../roles.ts';
import { administrators } from './administrators.ts';
import { changePassword } from './change-password.ts';
import { endOtherSessions } from './end-other-sessions.ts';
import { endSession } from './end-session.ts';
import { getSession } from './get-session.ts';
import { listSessions } from './list-sessions.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { twoStep } from './two-step.ts';

type Deps = Services & { settings: { publicUrl: string; apiIndicator: string } };

const open: ((app: AppInstance, deps: Deps) => void)[] = [signIn, signOut];
const guarded: ((app: AppInstance, deps: Deps) => void)[] = [
  getSession,
  listSessions,
  endSession,
  endOtherSessions,
  changePassword,
  twoStep,
  administrators,
];

/** Everything under `/api/console`, relative to the prefix `/api`; all but signing in and out is behind the hook. */
export function registerConsoleApi(app: AppInstance, deps: Deps, authenticate: Authenticate): void {
  app.register(async (scope: AppInstance) => {
    boundBodies(scope, maxOpenBytes);
    for (const register of open) register(scope, deps);
  });
  app.register(async (scope: AppInstance) => {
    guard(scope, authenticate);
    boundBodies(scope, maxOpenBytes);
    for (const register of guarded) register(scope, deps);
  });
}
