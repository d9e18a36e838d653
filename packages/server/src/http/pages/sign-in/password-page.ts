import { type PasswordPage, passwordPage } from '@sesame/pages';
import { ApiError } from '../../../errors.ts';
import { identifierOf } from '../../../sign-in/user-recipients.ts';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { recall } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { FormProblem } from '../parts/problems.ts';
import { sendPage } from '../parts/send-page.ts';
import { checkAgreement, legalOf } from './agreement.ts';
import { type FlowVisit, openFlow } from './flow-visit.ts';
import { goOn } from './go-on.ts';
import { identifierField, readIdentifier } from './identifier.ts';
import { passwordIdentifiers, signsUp, takesCode, wished, wishesFor } from './pages-of-events.ts';
import { keepTyped, recallTyped } from './typed.ts';
import type { Typed } from './typed-values.ts';

const path = '/sign-in/password';

/** `/sign-in/password` */
export function signInByPassword(app: AppInstance, deps: PageDeps): void {
  app.get(path, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    if (passwordIdentifiers(visit.policy).length === 0) {
      if (takesCode('SignIn', visit.policy)) return reply.redirect(visit.url('/sign-in'), 303);
      throw new ApiError('user.sign_in_method_not_enabled');
    }
    const { problem } = recall(request, visit, { path, ...deps.settings });
    const model = pageOf(visit, { problem, typed: recallTyped(request, visit, deps) });
    return sendPage(reply, { ...visit, page: passwordPage(visit.context, model) });
  });

  app.post(path, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    const { text, access, client } = visit;
    const typed = keepTyped(request, reply, visit, deps);
    return answerForm(reply, visit, deps, {
      page: { path },
      afterCheck: { next: 'go-on' },
      async act() {
        const given = readIdentifier(takenBy(visit), visit);
        const identifier = 'username' in given ? given : identifierOf(given);
        const password = text('password');
        if (password === '') throw new FormProblem('password-missing');
        checkAgreement('SignIn', visit.policy, typed);
        await deps.signInFlows.takeUp(access, 'SignIn');
        const { id, key } = await deps.signInFlows.checkPassword(access, identifier, { password, client });
        visit.keepKey(key);
        return goOn(visit, deps, id);
      },
    });
  });
}

const takenBy = (visit: FlowVisit) => wished(passwordIdentifiers(visit.policy), wishesFor('SignIn', visit));

type Shown = Pick<PasswordPage, 'problem'> & { typed: Typed };

function pageOf(visit: FlowVisit, { problem, typed }: Shown): PasswordPage {
  const { policy, way, form, application } = visit;
  return {
    form: form(path),
    identifier: identifierField(takenBy(visit), visit, typed),
    application,
    legal: legalOf('SignIn', policy, typed),
    links: {
      code: takesCode('SignIn', policy) ? way('code') : undefined,
      register: signsUp(policy) ? way('register') : undefined,
      forgotPassword: takesCode('ForgotPassword', policy) ? way('forgot-password') : undefined,
    },
    problem,
  };
}
