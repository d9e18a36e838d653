import { parsePhone } from '@sesame/connector-kit';
import { type PasswordPage, type PhoneField, passwordPage, toPhoneField } from '@sesame/pages';
import { ApiError } from '../../../errors.ts';
import { resetsPasswords } from '../../../experience/sign-in-experience.ts';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { recall } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { FormProblem } from '../parts/problems.ts';
import { sendPage } from '../parts/send-page.ts';
import { checkAgreement, legalOf } from './agreement.ts';
import { type FlowVisit, openFlow } from './flow-visit.ts';
import { goOn } from './go-on.ts';
import { passwordIdentifiers, signsUp, takesCode } from './pages-of-events.ts';
import { likelyPhone } from './phone-pages.ts';
import { keepTyped, recallTyped, type Typed } from './typed.ts';

const path = '/sign-in/password';

/** `/sign-in/password` */
export function signInByPassword(app: AppInstance, deps: PageDeps): void {
  app.get(path, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    if (passwordIdentifiers(visit.policy).length === 0) {
      if (takesCode.SignIn(visit.policy)) return reply.redirect(visit.url('/sign-in'), 303);
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
      async act() {
        const identifier = readIdentifier(visit);
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

/** A number where it can be one: usernames begin with a letter or an underscore. */
function readIdentifier({ policy, text, country }: FlowVisit): { phone: string } | { username: string } {
  const takesPhone = passwordIdentifiers(policy).includes('phone');
  if (takesPhone && !passwordIdentifiers(policy).includes('username')) {
    const phone = parsePhone(text('phone'), text('country'));
    if (!phone) throw new FormProblem('phone-invalid');
    return { phone: phone.e164 };
  }
  const typed = text('identifier').trim();
  if (typed === '') throw new FormProblem('identifier-missing');
  const phone = takesPhone ? parsePhone(typed, country) : undefined;
  return phone ? { phone: phone.e164 } : { username: typed };
}

type Shown = Pick<PasswordPage, 'problem'> & { typed: Typed };

function pageOf(visit: FlowVisit, { problem, typed }: Shown): PasswordPage {
  const { policy, way, form, application, signIn, country } = visit;
  const phone = likelyPhone(visit);
  return {
    form: form(path),
    identifiers: passwordIdentifiers(policy),
    identifier: typed.identifier || (phone ?? signIn.loginHint ?? ''),
    phone: phoneFieldFor(passwordIdentifiers(policy), { typed, phone, country }),
    application,
    legal: legalOf('SignIn', policy, typed),
    links: {
      code: takesCode.SignIn(policy) ? way('code') : undefined,
      register: signsUp(policy) ? way('register') : undefined,
      forgotPassword: resetsPasswords(policy) ? way('forgot-password') : undefined,
    },
    problem,
  };
}

/** Where both are taken, the hint names the country that numbers without a plus are of. */
function phoneFieldFor(
  identifiers: readonly string[],
  { typed, phone, country }: { typed: Typed; phone: string | undefined; country: string },
): PhoneField {
  if (identifiers.includes('username')) return { country, number: '' };
  if (typed.phone === undefined) return toPhoneField(phone, country);
  return { country: typed.country ?? country, number: typed.phone };
}
