import { authenticatorPage, newAuthenticatorPage } from '@sesame/pages';
import { totpDigits } from '../../../accounts/totp.ts';
import { codeTypes } from '../../../experience/second-factors.ts';
import type { Verification } from '../../../sign-in/verification-row.ts';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { recall } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { isRefusal } from '../parts/problems.ts';
import { sendPage } from '../parts/send-page.ts';
import { backupCodeUrl, unlessRefused } from './backup-codes.ts';
import { type FlowVisit, openFlow } from './flow-visit.ts';
import {
  addPath,
  finish,
  newAuthenticatorPath as newPath,
  authenticatorPath as path,
  secondStepPath,
  skipForm,
} from './go-on.ts';
import { tickedTrust, trustChoice, trustIfTicked } from './trust-choice.ts';

const start = '/sign-in';

/** Where a code of the authenticator app is taken; nowhere where there is none, or it is not known who it is. */
export async function authenticatorUrl(
  { access, url }: FlowVisit,
  { signInFlows }: PageDeps,
): Promise<string | undefined> {
  const factors = (await signInFlows.second.factors(access).catch(unlessRefused)) ?? [];
  return factors.includes('totp') ? url(path) : undefined;
}

/** `/sign-in/second-step/authenticator` takes a code of the app of the account, `…/add` sets one up. */
export function signInAuthenticators(app: AppInstance, deps: PageDeps): void {
  using(app, deps);
  adding(app, deps);
}

function using(app: AppInstance, deps: PageDeps): void {
  app.get(path, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    const factors = (await deps.signInFlows.second.factors(visit.access).catch(unlessRefused)) ?? [];
    if (!factors.includes('totp')) {
      return reply.redirect(visit.url(factors.length > 0 ? secondStepPath : start), 303);
    }
    const { problem, values } = recall(request, visit, { path, ...deps.settings });
    const page = authenticatorPage(visit.context, {
      codeLength: totpDigits,
      form: visit.form(path),
      links: {
        codes: factors.length > 1 ? visit.url(secondStepPath) : undefined,
        backupCode: await backupCodeUrl(visit, deps),
        back: visit.url(start),
      },
      trust: trustChoice(visit, values.trust),
      problem,
    });
    return sendPage(reply, { ...visit, page });
  });

  app.post(path, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    const { access, client, text, keepKey } = visit;
    return answerForm(reply, visit, deps, {
      page: { path },
      startAgain: { path: start },
      values: tickedTrust(visit),
      async act() {
        const isUsed = (one: Verification) =>
          one.type === 'totp' && one.userId === visit.flow.userId && one.verifiedAt !== undefined;
        // Told twice, for example by a double click, it is used up once.
        if (!visit.flow.verifications.some(isUsed)) {
          keepKey((await deps.signInFlows.authenticators.verify(access, { code: text('code'), client })).key);
          await trustIfTicked(visit, deps);
        }
        return finish(visit, deps);
      },
    });
  });
}

function adding(app: AppInstance, deps: PageDeps): void {
  app.get(newPath, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    const shown = await deps.signInFlows.authenticators.show(visit.access).catch(unlessRefused);
    if (!shown) return reply.redirect(visit.url(secondStepPath), 303);
    const { id, ...app } = shown;
    const page = newAuthenticatorPage(visit.context, {
      ...app,
      codeLength: totpDigits,
      form: visit.form(newPath, { verification: id }),
      replaces: false,
      isInSignIn: true,
      skip: skipForm(visit),
      links: {
        codes: codeTypes(visit.policy.mfa).length > 0 ? visit.url(addPath) : undefined,
        back: visit.url(start),
      },
      problem: recall(request, visit, { path: newPath, ...deps.settings }).problem,
    });
    return sendPage(reply, { ...visit, page });
  });

  app.post(newPath, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    const { access, text, keepKey } = visit;
    const { authenticators } = deps.signInFlows;
    return answerForm(reply, visit, deps, {
      page: { path: newPath },
      startAgain: { path: start },
      async act() {
        const id = text('verification');
        try {
          keepKey(await authenticators.confirm(access, { id, code: text('code') }));
          keepKey(await authenticators.keep(access, id));
        } catch (error) {
          // Told twice, for example by a double click, the app is the account's already.
          if (!isRefusal(error, 'user.totp_already_in_use')) throw error;
        }
        return finish(visit, deps);
      },
    });
  });
}
