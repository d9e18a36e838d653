import { type OfferPage, offerPage } from '@sesame/pages';
import type { FlowEvent } from '../../../store/tables/sign-ins.ts';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { recall } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { sendPage } from '../parts/send-page.ts';
import type { Visit } from '../parts/visit.ts';
import { checkAgreement, legalOf } from './agreement.ts';
import { namedCode, openFlow } from './flow-visit.ts';
import { goOn } from './go-on.ts';
import { passwordIdentifiers, startOf, takesCode } from './pages-of-events.ts';
import { keepTyped, recallTyped } from './typed.ts';

/** From the event that a number or an address was proven for to the other one. */
type Offer = { path: string; offer: OfferPage['offer']; from: FlowEvent; to: Exclude<FlowEvent, 'ForgotPassword'> };

const offers: readonly Offer[] = [
  { path: '/sign-in/no-account', offer: 'create-account', from: 'SignIn', to: 'Register' },
  { path: '/register/account-exists', offer: 'sign-in', from: 'Register', to: 'SignIn' },
];

/** `/sign-in/no-account` and `/register/account-exists`: who it is is proven, and the other thing is offered. */
export function offerPages(app: AppInstance, deps: PageDeps): void {
  for (const { path, offer, from, to } of offers) {
    const start = startOf(from);
    const startUrl = ({ url }: Visit) => url(start.path, start.parameters);
    app.get(path, async (request, reply) => {
      const visit = await openFlow(request, reply, deps);
      const code = namedCode(visit);
      if (code?.verifiedAt === undefined) return reply.redirect(startUrl(visit), 303);
      const { context, form, policy } = visit;
      const model: OfferPage = {
        offer,
        form: form(path, { verification: code.id }),
        recipient: code.recipient.address,
        links: { change: startUrl(visit) },
        legal: to === 'Register' ? legalOf(to, policy, recallTyped(request, visit, deps)) : undefined,
        problem: recall(request, visit, { path: path, ...deps.settings }).problem,
      };
      return sendPage(reply, { ...visit, page: offerPage(context, model) });
    });

    app.post(path, async (request, reply) => {
      const visit = await openFlow(request, reply, deps);
      const verification = visit.text('verification');
      const typed = keepTyped(request, reply, visit, deps);
      return answerForm(reply, visit, deps, {
        page: { path, parameters: { verification } },
        startAgain: start,
        afterCheck: { next: 'go-on', verification },
        async act() {
          const { policy, access, url } = visit;
          const isByPassword =
            to === 'SignIn' && !takesCode('SignIn', policy) && passwordIdentifiers(policy).length > 0;
          if (isByPassword) return url('/sign-in/password');
          checkAgreement(to, policy, typed);
          await deps.signInFlows.takeUp(access, to);
          return goOn(visit, deps, verification);
        },
      });
    });
  }
}
