import { secondStepPage } from '@sesame/pages';
import { isMandatory } from '../../../experience/second-factors.ts';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { recall } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { sendPage } from '../parts/send-page.ts';
import { verifyFirst } from './account-verify.ts';
import { type AccountVisit, openAccount, proofOfPerson } from './account-visit.ts';

const path = '/account/second-step';

/** Whether signing in takes a second code; undefined where that is not for the user to say, or there is nothing for it. */
export async function secondStepOf({ user, policy: { mfa } }: AccountVisit, { users, ownFactors }: PageDeps) {
  const isTheirs = !isMandatory(mfa) && (await ownFactors.has(mfa, user)).length > 0;
  return isTheirs ? !(await users.getWithValidFrom(user.id)).skipsSecondFactor : undefined;
}

/** `/account/second-step` */
export function accountSecondStep(app: AppInstance, deps: PageDeps): void {
  app.get(path, async (request, reply) => {
    const visit = await openAccount(request, deps, 'mfa');
    const isOn = await secondStepOf(visit, deps);
    if (isOn === undefined) return reply.redirect(visit.url('/account'), 303);
    const detour = verifyFirst(visit, 'change-second-step');
    if (detour !== undefined) return reply.redirect(detour, 303);
    const page = secondStepPage(visit.context, {
      isOn,
      form: visit.form(path, { to: isOn ? 'off' : 'on' }),
      links: { back: visit.url('/account') },
      problem: recall(request, visit, { path, ...deps.settings }).problem,
    });
    return sendPage(reply, { ...visit, page });
  });

  app.post(path, async (request, reply) => {
    const visit = await openAccount(request, deps, 'mfa');
    const detour = verifyFirst(visit, 'change-second-step');
    if (detour !== undefined) return reply.redirect(detour, 303);
    const to = visit.text('to') === 'off' ? 'off' : 'on';
    return answerForm(reply, visit, deps, {
      page: { path },
      notice: `second-step-${to}`,
      async act() {
        await deps.account.setSkipsSecondFactor(visit.access, to === 'off', proofOfPerson(visit)?.id);
        return visit.url('/account');
      },
    });
  });
}
