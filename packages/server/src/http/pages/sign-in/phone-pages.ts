import { parsePhone } from '@sesame/connector-kit';
import { type PhonePage, phonePage, toPhoneField } from '@sesame/pages';
import { ApiError } from '../../../errors.ts';
import { beginsWithPhone } from '../../../experience/sign-in-experience.ts';
import type { FlowEvent } from '../../../store/schema.ts';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { recall, remember } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { isRefusal } from '../parts/problems.ts';
import { sendPage } from '../parts/send-page.ts';
import { type FlowVisit, openFlow } from './flow-visit.ts';
import {
  asksPasswordFirst,
  checkTakesCode,
  passwordIdentifiers,
  pathOf,
  signsUp,
  takesCode,
} from './pages-of-events.ts';

/** `/sign-in`, `/register` and `/forgot-password`: ask for the number that a code goes to. */
export function phonePages(app: AppInstance, deps: PageDeps): void {
  for (const event of ['SignIn', 'Register', 'ForgotPassword'] as const) {
    const path = pathOf[event];

    app.get(path, async (request, reply) => {
      const visit = await openFlow(request, reply, deps);
      const other = insteadOf(event, visit);
      if (other !== undefined) return reply.redirect(visit.url(other), 303);
      const { problem, values } = recall(request, visit, { path: path, ...deps.settings });
      return sendPage(reply, { ...visit, page: phonePage(visit.context, pageOf(event, visit, { problem, values })) });
    });

    app.post(path, async (request, reply) => {
      const visit = await openFlow(request, reply, deps);
      checkTakesCode(event, visit.policy);
      const { text } = visit;
      const values = { country: text('country'), phone: text('phone') };
      const phone = parsePhone(values.phone, values.country);
      if (!phone) {
        remember(reply, visit, { path, ...deps.settings }, { problem: { reason: 'phone-invalid' }, values });
        return reply.redirect(visit.url(path), 303);
      }
      const codeUrl = (verification: string) => visit.url(`${path}/code`, { verification });
      return answerForm(reply, visit, deps, {
        page: { path },
        values,
        async act() {
          const { access, client, wording } = visit;
          await deps.signInFlows.takeUp(access, event);
          try {
            return codeUrl((await deps.signInFlows.sendCode(access, { event, phone, client, wording })).id);
          } catch (error) {
            // Whoever asks again before another message may be sent still has the code from before.
            const sent = isRefusal(error, 'request.message_rate_limited') && recentCode(visit, event, phone.e164);
            if (!sent) throw error;
            return codeUrl(sent);
          }
        },
      });
    });
  }
}

/** The page that serves instead of a number and a code. @throws ApiError `user.sign_in_method_not_enabled` */
function insteadOf(event: FlowEvent, { policy, text, flow }: FlowVisit): string | undefined {
  const isCodeChosen = text('by') === 'code';
  if (event === 'SignIn' && asksPasswordFirst(policy) && !(isCodeChosen && takesCode.SignIn(policy))) {
    return '/sign-in/password';
  }
  const hasBegun = flow.username !== undefined || flow.hasPassword;
  if (event === 'Register' && signsUp(policy) && !beginsWithPhone(policy) && !hasBegun) return '/register/profile';
  if (takesCode[event](policy)) return undefined;
  if (event === 'SignIn' && passwordIdentifiers(policy).length > 0) return '/sign-in/password';
  if (event === 'SignIn' && signsUp(policy)) return '/register';
  throw new ApiError('user.sign_in_method_not_enabled');
}

function recentCode({ flow, context }: FlowVisit, event: FlowEvent, phone: string): string | undefined {
  return flow.verifications.find(
    (one) =>
      one.type === 'code' &&
      one.usageType === event &&
      one.phone === phone &&
      one.verifiedAt === undefined &&
      one.resendAfter > context.now,
  )?.id;
}

const purposes = { SignIn: 'sign-in', Register: 'register', ForgotPassword: 'forgot-password' } as const;

function pageOf(
  event: FlowEvent,
  visit: FlowVisit,
  { problem, values }: Pick<PhonePage, 'problem'> & { values: Record<string, string> },
): PhonePage {
  const { policy, url, form, application } = visit;
  const signIn = policy.signInMode === 'Register' ? undefined : url('/sign-in');
  const links = {
    SignIn: {
      password: passwordIdentifiers(policy).length > 0 ? url('/sign-in/password') : undefined,
      register: signsUp(policy) ? url('/register') : undefined,
    },
    Register: { signIn },
    ForgotPassword: { signIn: passwordIdentifiers(policy).length > 0 ? url('/sign-in/password') : signIn },
  }[event];
  return {
    purpose: purposes[event],
    form: form(pathOf[event]),
    phone:
      values.phone === undefined
        ? toPhoneField(likelyPhone(visit), visit.country)
        : { country: values.country ?? visit.country, number: values.phone },
    application: event === 'ForgotPassword' ? undefined : application,
    links,
    legal: event === 'Register' ? policy : undefined,
    problem,
  };
}

/** The number that was given before in this flow, or that the application takes it to be. */
export function likelyPhone({ flow, signIn }: FlowVisit): string | undefined {
  const given = flow.verifications.find((one) => one.type === 'code');
  return given?.type === 'code' ? given.phone : parsePhone(signIn.loginHint ?? '')?.e164;
}
