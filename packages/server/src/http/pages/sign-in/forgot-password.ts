import { newPasswordPage, passwordChangedPage } from '@sesame/pages';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { recall } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { passwordHint } from '../parts/password-hint.ts';
import { FormProblem } from '../parts/problems.ts';
import { sendPage } from '../parts/send-page.ts';
import { type FlowVisit, namedCode, openFlow } from './flow-visit.ts';
import { finish } from './go-on.ts';

const start = '/forgot-password';
const path = `${start}/password`;
const donePath = `${start}/done`;

/** `/forgot-password/password` and `/forgot-password/done`: the new password, and what one does with it. */
export function forgotPassword(app: AppInstance, deps: PageDeps): void {
  app.get(path, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    const code = namedCode(visit);
    if (code?.verifiedAt === undefined) return reply.redirect(visit.url(start), 303);
    const { problem, values } = recall(request, visit, { path: path, ...deps.settings });
    const page = newPasswordPage(visit.context, {
      purpose: 'forgot-password',
      password: passwordHint(visit.policy),
      form: visit.form(path, { verification: code.id }),
      knownAs: code.recipient.address,
      endsOtherSessions: values.endOtherSessions !== 'no',
      links: {},
      problem,
    });
    return sendPage(reply, { ...visit, page });
  });

  app.post(path, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    const verification = visit.text('verification');
    const endSessions = visit.text('endOtherSessions') === 'yes';
    return answerForm(reply, visit, deps, {
      page: { path, parameters: { verification } },
      startAgain: { path: start },
      afterCheck: { next: 'go-on', verification },
      values: { endOtherSessions: endSessions ? 'yes' : 'no' },
      async act() {
        await replacePassword(visit, deps, { verification, endSessions });
        return visit.url(donePath, endSessions ? { ended: 'yes' } : {});
      },
    });
  });

  app.get(donePath, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    if (visit.flow.userId === undefined || visit.flow.event !== 'SignIn') {
      return reply.redirect(visit.url(start), 303);
    }
    const endedOtherSessions = visit.text('ended') === 'yes';
    const page = passwordChangedPage(visit.context, { signIn: visit.form(donePath), endedOtherSessions });
    return sendPage(reply, { ...visit, page });
  });

  app.post(donePath, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    return answerForm(reply, visit, deps, {
      page: { path: donePath },
      startAgain: { path: '/sign-in' },
      afterCheck: { next: 'go-on' },
      act: () => finish(visit, deps),
    });
  });
}

async function replacePassword(
  { access, client, text, keepKey, signIn }: FlowVisit,
  { signInFlows }: PageDeps,
  { verification, endSessions }: { verification: string; endSessions: boolean },
): Promise<void> {
  const password = text('password');
  if (password === '') throw new FormProblem('password-missing');
  // Another tab may have made something else of the flow meanwhile.
  await signInFlows.takeUp(access, 'ForgotPassword');
  await signInFlows.identify(access, verification);
  keepKey(await signInFlows.replacePassword(access, { password, client }));
  await signInFlows.submit(access, { endSessions, application: signIn.application });
}
