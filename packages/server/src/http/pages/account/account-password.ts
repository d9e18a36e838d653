import { newPasswordPage } from '@sesame/pages';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { recall } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { passwordHint } from '../parts/password-hint.ts';
import { FormProblem } from '../parts/problems.ts';
import { sendPage } from '../parts/send-page.ts';
import { verifyFirst } from './account-verify.ts';
import { openAccount, proofOfPerson } from './account-visit.ts';

const path = '/account/password';

/** `/account/password` */
export function accountPassword(app: AppInstance, deps: PageDeps): void {
  app.get(path, async (request, reply) => {
    const visit = await openAccount(request, deps, 'password');
    const detour = verifyFirst(visit, 'change-password');
    if (detour !== undefined) return reply.redirect(detour, 303);
    const { username, primaryPhone, primaryEmail, hasPassword } = visit.user;
    const { problem, values } = recall(request, visit, { path: path, ...deps.settings });
    const page = newPasswordPage(visit.context, {
      purpose: hasPassword ? 'change-password' : 'set-password',
      form: visit.form(path),
      password: passwordHint(visit.policy),
      knownAs: username ?? primaryPhone ?? primaryEmail ?? undefined,
      endsOtherSessions: hasPassword ? values.endOtherSessions !== 'no' : undefined,
      links: { back: visit.url('/account') },
      problem,
    });
    return sendPage(reply, { ...visit, page });
  });

  app.post(path, async (request, reply) => {
    const visit = await openAccount(request, deps, 'password');
    const detour = verifyFirst(visit, 'change-password');
    if (detour !== undefined) return reply.redirect(detour, 303);
    const { text, user, access, id } = visit;
    const endSessions = text('endOtherSessions') === 'yes';
    return answerForm(reply, visit, deps, {
      page: { path },
      values: { endOtherSessions: endSessions ? 'yes' : 'no' },
      notice: user.hasPassword ? 'password-changed' : 'password-set',
      async act() {
        const password = text('password');
        if (password === '') throw new FormProblem('password-missing');
        const personId = proofOfPerson(visit)?.id;
        // This session goes on, so that it is up to OpenID Connect which others end.
        const ending = endSessions ? await deps.interactions.endingSessions(user.id, { except: id }) : [];
        await deps.account.setPassword(access, { personId, password, ending });
        return visit.url('/account');
      },
    });
  });
}
