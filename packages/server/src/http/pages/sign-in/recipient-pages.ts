import { type RecipientPage, recipientPage } from '@sesame/pages';
import { ApiError } from '../../../errors.ts';
import { beginningCodes } from '../../../experience/sign-in-experience.ts';
import type { FlowEvent } from '../../../store/tables/sign-ins.ts';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { toInstead } from '../parts/code-form.ts';
import { recall } from '../parts/form-memory.ts';
import { offersOf } from '../parts/offered-countries.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { isUnsent } from '../parts/problems.ts';
import { sendPage } from '../parts/send-page.ts';
import { legalOf } from './agreement.ts';
import { unlessRefused } from './backup-codes.ts';
import { type FlowVisit, openFlow } from './flow-visit.ts';
import { pageOfFactor } from './go-on.ts';
import { identifierField, identifiersFor } from './identifier.ts';
import {
  asksPasswordFirst,
  checkTakesCode,
  passwordIdentifiers,
  pathOf,
  signsUp,
  startOf,
  takesCode,
  wishesFor,
} from './pages-of-events.ts';
import { elsewhere } from './send-again.ts';
import { sendFirst, sendFirstElsewhere } from './send-first.ts';
import { keepTyped, recallTyped } from './typed.ts';
import type { Typed } from './typed-values.ts';

/** `/sign-in`, `/register` and `/forgot-password`: ask for the number or the address that a code goes to. */
export function recipientPages(app: AppInstance, deps: PageDeps): void {
  for (const event of ['SignIn', 'Register', 'ForgotPassword'] as const) {
    const path = pathOf[event];

    app.get(path, async (request, reply) => {
      const visit = await openFlow(request, reply, deps);
      // Whoever is signed in already gives a second factor alone, as long as that holds.
      if (event === 'SignIn' && visit.text('step') === 'second') {
        const factors = (await deps.signInFlows.second.factors(visit.access).catch(unlessRefused)) ?? [];
        if (factors.length > 0) return reply.redirect(visit.url(pageOfFactor(factors[0])), 303);
      }
      const page = servesInstead(event, visit);
      if (page !== undefined) return reply.redirect(visit.url(page), 303);
      const { problem } = recall(request, visit, { path, ...deps.settings });
      const model = pageOf(event, visit, { problem, typed: recallTyped(request, visit, deps) });
      const other = problem && isUnsent(problem) ? await elsewhere(request, visit, deps, { event }) : undefined;
      const instead = toInstead(other?.recipient, visit.form(`${path}/instead`));
      return sendPage(reply, { ...visit, page: recipientPage(visit.context, { ...model, instead }) });
    });

    app.post(path, async (request, reply) => {
      const visit = await openFlow(request, reply, deps);
      checkTakesCode(event, visit.policy);
      const typed = keepTyped(request, reply, visit, deps);
      return answerForm(reply, visit, deps, {
        page: startOf(event),
        codePage: { path: `${startOf(event).path}/code` },
        afterCheck: { next: 'send', event },
        act: () => sendFirst(visit, deps, { event, text: visit.text, typed }),
      });
    });

    app.post(`${path}/instead`, async (request, reply) => {
      const visit = await openFlow(request, reply, deps);
      return answerForm(reply, visit, deps, {
        page: startOf(event),
        codePage: { path: `${startOf(event).path}/code` },
        afterCheck: { next: 'instead', event, verification: '' },
        act: () => sendFirstElsewhere(request, visit, deps, event),
      });
    });
  }
}

/** The page that serves instead of a code. @throws ApiError `user.sign_in_method_not_enabled` */
function servesInstead(event: FlowEvent, visit: FlowVisit): string | undefined {
  const { policy, text, flow, signIn } = visit;
  const isCodeChosen = text('by') === 'code';
  if (
    event === 'SignIn' &&
    asksPasswordFirst(policy, wishesFor('SignIn', visit)) &&
    !(isCodeChosen && takesCode('SignIn', policy))
  ) {
    return '/sign-in/password';
  }
  const hasBegun = flow.username !== undefined || flow.hasPassword;
  if (event === 'Register' && signsUp(policy) && beginningCodes(policy).length === 0 && !hasBegun)
    return '/register/profile';
  if (takesCode(event, policy)) return undefined;
  if (event === 'SignIn' && passwordIdentifiers(policy).length > 0) return '/sign-in/password';
  if (event === 'SignIn' && signsUp(policy)) return '/register';
  // Where an application asks for a page that is switched off, people sign in, as at Logto.
  const isClosed = event === 'ForgotPassword' || (event === 'Register' && !signsUp(policy));
  if (isClosed && event === signIn.first.event && policy.signInMode !== 'Register') return '/sign-in';
  throw new ApiError('user.sign_in_method_not_enabled');
}

const purposes = { SignIn: 'sign-in', Register: 'register', ForgotPassword: 'forgot-password' } as const;

function pageOf(
  event: FlowEvent,
  visit: FlowVisit,
  { problem, typed }: Pick<RecipientPage, 'problem'> & { typed: Typed },
): RecipientPage {
  const { policy, way, form, application } = visit;
  const signIn = policy.signInMode === 'Register' ? undefined : way('sign-in');
  const links = {
    SignIn: {
      password: passwordIdentifiers(policy).length > 0 ? way('password') : undefined,
      register: signsUp(policy) ? way('register') : undefined,
    },
    Register: { signIn },
    ForgotPassword: { signIn: passwordIdentifiers(policy).length > 0 ? way('password') : signIn },
  }[event];
  const identifier = identifierField(identifiersFor(event, visit), visit, typed);
  return {
    purpose: purposes[event],
    form: form(pathOf[event]),
    identifier: { ...identifier, phone: { ...identifier.phone, offers: offersOf(policy.fraudPolicy) } },
    application: event === 'ForgotPassword' ? undefined : application,
    links,
    legal: event === 'ForgotPassword' ? undefined : legalOf(event, policy, typed),
    problem,
  };
}
