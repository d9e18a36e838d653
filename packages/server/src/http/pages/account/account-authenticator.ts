import { newAuthenticatorPage, removeAuthenticatorPage } from '@sesame/pages';
import { totpDigits } from '../../../accounts/totp.ts';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { recall } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { sendPage } from '../parts/send-page.ts';
import { verifyFirst } from './account-verify.ts';
import { openAccount, proofOfPerson } from './account-visit.ts';

/** Where the authenticator app of an account is set up. */
export const authenticatorPath = '/account/authenticator';

/** `/account/authenticator` sets one up, or another one in its place; `…/remove` takes it away. */
export function accountAuthenticator(app: AppInstance, deps: PageDeps): void {
  setting(app, deps);
  removal(app, deps);
}

function setting(app: AppInstance, deps: PageDeps): void {
  const path = authenticatorPath;

  app.get(path, async (request, reply) => {
    const { authenticators } = deps.account;
    const visit = await openAccount(request, deps, 'mfa');
    if (!(await authenticators.mayHave())) return reply.redirect(visit.url('/account'), 303);
    const detour = verifyFirst(visit, 'change-authenticator');
    if (detour !== undefined) return reply.redirect(detour, 303);
    const { id, ...shown } = await authenticators.show(visit.access, visit.user);
    const page = newAuthenticatorPage(visit.context, {
      ...shown,
      codeLength: totpDigits,
      form: visit.form(path, { verification: id }),
      replaces: (await authenticators.find(visit.access)) !== undefined,
      isInSignIn: false,
      links: { back: visit.url('/account') },
      problem: recall(request, visit, { path, ...deps.settings }).problem,
    });
    return sendPage(reply, { ...visit, page });
  });

  app.post(path, async (request, reply) => {
    const visit = await openAccount(request, deps, 'mfa');
    const detour = verifyFirst(visit, 'change-authenticator');
    if (detour !== undefined) return reply.redirect(detour, 303);
    const { authenticators } = deps.account;
    const shown = { id: visit.text('verification'), code: visit.text('code') };
    const found = await authenticators.find(visit.access);
    // Told twice, for example by a double click, it is set up once.
    const isDone = found?.id === shown.id;
    return answerForm(reply, visit, deps, {
      page: { path },
      notice: `authenticator-${found && !isDone ? 'changed' : 'added'}`,
      async act() {
        if (isDone) return visit.url('/account');
        await authenticators.keep(visit.access, shown, proofOfPerson(visit)?.id).catch(async (error: unknown) => {
          // The other one was faster.
          if ((await authenticators.find(visit.access))?.id !== shown.id) throw error;
        });
        return visit.url('/account');
      },
    });
  });
}

function removal(app: AppInstance, deps: PageDeps): void {
  const path = `${authenticatorPath}/remove`;

  app.get(path, async (request, reply) => {
    const visit = await openAccount(request, deps, 'mfa');
    if (!(await deps.account.authenticators.find(visit.access))) return reply.redirect(visit.url('/account'), 303);
    const detour = verifyFirst(visit, 'remove-authenticator');
    if (detour !== undefined) return reply.redirect(detour, 303);
    const page = removeAuthenticatorPage(visit.context, {
      form: visit.form(path),
      links: { back: visit.url('/account') },
      problem: recall(request, visit, { path, ...deps.settings }).problem,
    });
    return sendPage(reply, { ...visit, page });
  });

  app.post(path, async (request, reply) => {
    const visit = await openAccount(request, deps, 'mfa');
    const detour = verifyFirst(visit, 'remove-authenticator');
    if (detour !== undefined) return reply.redirect(detour, 303);
    return answerForm(reply, visit, deps, {
      page: { path },
      notice: 'authenticator-removed',
      async act() {
        const { account } = deps;
        const found = await account.authenticators.find(visit.access);
        if (found) await account.endOwnFactor(visit.access, found.id, proofOfPerson(visit)?.id);
        return visit.url('/account');
      },
    });
  });
}
