import { formatRecipient, type ProfilePage, profilePage } from '@sesame/pages';
import { ApiError } from '../../../errors.ts';
import { identifiersOf } from '../../../experience/methods.ts';
import { beginningCodes } from '../../../experience/sign-in-experience.ts';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { recall } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { passwordHint } from '../parts/password-hint.ts';
import { FormProblem } from '../parts/problems.ts';
import { sendPage } from '../parts/send-page.ts';
import { checkAgreement, legalOf } from './agreement.ts';
import { type FlowVisit, namedCode, openFlow } from './flow-visit.ts';
import { goOn } from './go-on.ts';
import { signsUp } from './pages-of-events.ts';
import { keepTyped, recallTyped } from './typed.ts';
import type { Typed } from './typed-values.ts';

const path = '/register/profile';

/** `/register/profile`: what a new account is to have beside its number or address. */
export function registerProfile(app: AppInstance, deps: PageDeps): void {
  app.get(path, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    const { policy, url, context } = visit;
    if (!signsUp(policy)) throw new ApiError('user.sign_in_method_not_enabled');
    const isProven = namedCode(visit)?.verifiedAt !== undefined;
    if (beginningCodes(policy).length > 0 && !isProven) return reply.redirect(url('/register'), 303);
    const { problem } = recall(request, visit, { path, ...deps.settings });
    const model = pageOf(visit, { problem, typed: recallTyped(request, visit, deps) });
    return sendPage(reply, { ...visit, page: profilePage(context, model) });
  });

  app.post(path, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    const verification = namedCode(visit)?.id;
    const typed = keepTyped(request, reply, visit, deps);
    return answerForm(reply, visit, deps, {
      page: { path, parameters: verification === undefined ? {} : { verification } },
      startAgain: { path: '/register' },
      afterCheck: { next: 'go-on', ...(verification !== undefined && { verification }) },
      async act() {
        await deps.signInFlows.takeUp(visit.access, 'Register');
        checkAgreement('Register', visit.policy, typed);
        await keepProfile(visit, deps);
        return goOn(visit, deps, verification);
      },
    });
  });
}

async function keepProfile(visit: FlowVisit, { signInFlows }: PageDeps): Promise<void> {
  const { access, client, text, keepKey } = visit;
  const asked = fieldsOf(visit);
  const password = text('password');
  if (asked.password && password === '') throw new FormProblem('password-missing');
  if (asked.username) keepKey(await signInFlows.setUsername(access, { username: text('username').trim(), client }));
  if (asked.password) keepKey(await signInFlows.setPassword(access, { password, client }));
}

const fieldsOf = ({ policy: { signUp } }: FlowVisit) => ({
  username: identifiersOf(signUp).includes('username'),
  password: signUp.password,
});

type Shown = Pick<ProfilePage, 'problem'> & { typed: Typed };

function pageOf(visit: FlowVisit, { problem, typed }: Shown): ProfilePage {
  const { policy, flow, form, way, application } = visit;
  const asked = fieldsOf(visit);
  const code = namedCode(visit);
  const legal = legalOf('Register', policy, typed);
  return {
    form: form(path, code && { verification: code.id }),
    username: asked.username ? (typed.username ?? flow.username ?? '') : undefined,
    password: asked.password ? passwordHint(policy) : undefined,
    knownAs: code && formatRecipient(code.recipient.address),
    application,
    links: { signIn: code || policy.signInMode === 'Register' ? undefined : way('sign-in') },
    // Who has agreed at the step before is not asked again.
    legal: code && legal.isAgreed ? undefined : legal,
    problem,
  };
}
