import type { Way } from '@sesame/pages';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Browser } from '../../../accounts/trusted-devices.ts';
import { ApiError } from '../../../errors.ts';
import { readFlowKey } from '../../../oidc/flow-cookie.ts';
import { namedApplication, namedId, type SignInRequest } from '../../../oidc/sign-in-request.ts';
import type { FlowAccess } from '../../../sign-in/flow-keys.ts';
import type { Flow, SubmittedSignIn } from '../../../sign-in/sign-in-flows.ts';
import type { Verification } from '../../../sign-in/verification-row.ts';
import { rememberSignIn } from '../../client.ts';
import { keepFlowKey } from '../../experience/flow-request.ts';
import { localeWishes } from '../../locale-wishes.ts';
import { checkForm, formToken, type ReadText, reader } from '../parts/form.ts';
import { likelyCountry } from '../parts/likely-country.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { pageContext, type Visit, withParameters } from '../parts/visit.ts';
import type { WayTarget } from './pages-of-events.ts';

/** A request for a page of a sign-in, a sign-up or a reset. */
export type FlowVisit = Visit & {
  flow: Flow;
  signIn: SignInRequest;
  access: FlowAccess;
  /** Named on pages; not where the brand has the same name, nor for the account page. */
  application: string | undefined;
  /** From the query of a page, or from a form. */
  text: ReadText;
  /** A button that leads to another page of the flow with what was typed. */
  way: (to: WayTarget) => Way;
  /** Goes on with the new key of the flow, and gives it to the browser. */
  keepKey: (key: string) => void;
  /** The browser that shows the page. */
  browser: Browser;
  /** Makes the browser keep that somebody has signed in with it, and records it. */
  rememberSignIn: (done: SubmittedSignIn) => void;
};

/**
 * The flow that a page or a form is of.
 * @throws ApiError `session.not_found`; for a form also `auth.forbidden`
 */
export async function openFlow(request: FastifyRequest, reply: FastifyReply, deps: PageDeps): Promise<FlowVisit> {
  const { signInFlows, interactions, experience, customPhrases, platform, secretKeys, settings } = deps;
  const isForm = request.method === 'POST';
  const text = reader(isForm ? request.body : request.query);
  const id = text('flow');
  if (id === '') throw new ApiError('session.not_found');
  if (isForm) checkForm(request, deps, { id, csrf: text('csrf') });
  const access: FlowAccess = { id, key: readFlowKey(request.headers.cookie, { id, ...settings }) };
  const found = await interactions.find(signInFlows.keyOf(access));
  if (!found) throw new ApiError('session.not_found');
  const { signIn } = found;
  access.seen = found.flow;
  const [flow, policy, phrases] = await Promise.all([signInFlows.get(access), experience.read(), customPhrases.read()]);
  const { uiLocales, application } = signIn;
  const wishes = { uiLocales, acceptLanguage: request.headers['accept-language'] };
  const context = pageContext({ policy, phrases }, { platform, ...wishes, applicationName: application.name });
  const named = namedApplication(signIn);
  return {
    id,
    flow,
    signIn,
    access,
    policy,
    context,
    text,
    client: request.client,
    wording: {
      locales: localeWishes(wishes),
      application: named,
      asker: { through: 'sign-in-page', applicationId: namedId(signIn) },
    },
    country: likelyCountry(wishes.acceptLanguage, policy),
    redirectOrigins: signIn.redirectOrigins,
    application: named === context.brand.name ? undefined : named,
    url: (path, parameters = {}) => withParameters(path, { flow: id, ...parameters }),
    form: (path, hidden = {}) => ({
      action: withParameters(path, { flow: id, ...hidden }),
      hidden: { flow: id, ...hidden, csrf: formToken(secretKeys, id) },
    }),
    way: (to) => ({ action: withParameters('/sign-in/go', { flow: id }), to }),
    keepKey(key) {
      access.key = key;
      keepFlowKey(reply, access, key, settings.publicUrl);
    },
    browser: { client: request.client, userAgent: request.headers['user-agent'] },
    rememberSignIn: (done) => rememberSignIn(request, reply, { ...done, applicationId: application.id }, deps),
  };
}

/** The verification of a code that a page names. */
export function namedCode({ flow, text }: FlowVisit): Extract<Verification, { type: 'code' }> | undefined {
  const found = flow.verifications.find(({ id }) => id === text('verification'));
  return found?.type === 'code' ? found : undefined;
}
