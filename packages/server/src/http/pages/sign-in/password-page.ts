import { parsePhone } from '@sesame/connector-kit';
import { type PasswordPage, passwordPage, toPhoneField } from '@sesame/pages';
import { ApiError } from '../../../errors.ts';
import { resetsPasswords } from '../../../experience/sign-in-experience.ts';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { type Memory, recall } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { FormProblem } from '../parts/problems.ts';
import { sendPage } from '../parts/send-page.ts';
import { type FlowVisit, openFlow } from './flow-visit.ts';
import { goOn } from './go-on.ts';
import { passwordIdentifiers, signsUp, takesCode } from './pages-of-events.ts';
import { likelyPhone } from './phone-pages.ts';

const path = '/sign-in/password';

/** `/sign-in/password` */
export function signInByPassword(app: AppInstance, deps: PageDeps): void {
  app.get(path, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    if (passwordIdentifiers(visit.policy).length === 0) {
      if (takesCode.SignIn(visit.policy)) return reply.redirect(visit.url('/sign-in'), 303);
      throw new ApiError('user.sign_in_method_not_enabled');
    }
    const page = passwordPage(visit.context, pageOf(visit, recall(request, visit, { path: path, ...deps.settings })));
    return sendPage(reply, { ...visit, page });
  });

  app.post(path, async (request, reply) => {
    const visit = await openFlow(request, reply, deps);
    const { text, access, client } = visit;
    return answerForm(reply, visit, deps, {
      page: { path },
      values: { identifier: text('identifier'), country: text('country'), phone: text('phone') },
      async act() {
        const identifier = readIdentifier(visit);
        const password = text('password');
        if (password === '') throw new FormProblem('password-missing');
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

function pageOf(visit: FlowVisit, { problem, values }: Memory): PasswordPage {
  const { policy, url, form, application, signIn, country } = visit;
  const phone = likelyPhone(visit);
  return {
    form: form(path),
    identifiers: passwordIdentifiers(policy),
    identifier: values.identifier || (phone ?? signIn.loginHint ?? ''),
    phone: values.phone
      ? { country: values.country ?? country, number: values.phone }
      : phoneFieldFor(passwordIdentifiers(policy), phone, country),
    application,
    links: {
      code: takesCode.SignIn(policy) ? url('/sign-in', { by: 'code' }) : undefined,
      register: signsUp(policy) ? url('/register') : undefined,
      forgotPassword: resetsPasswords(policy) ? url('/forgot-password') : undefined,
    },
    problem,
  };
}

/** Where both are taken, the hint names the country that numbers without a plus are of. */
const phoneFieldFor = (identifiers: readonly string[], phone: string | undefined, defaultCountry: string) =>
  toPhoneField(identifiers.includes('username') ? undefined : phone, defaultCountry);
