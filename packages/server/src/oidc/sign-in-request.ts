import { parseLocales } from '../locale.ts';
import type { FlowEvent } from '../store/tables/sign-ins.ts';
import { accountApplication } from './account-client.ts';
import { asksTwoFactors } from './asked-context.ts';

/** A request of an application to sign somebody in, as far as pages need it. */
export type SignInRequest = {
  /** Of the interaction, and of the flow of the sign-in. */
  id: string;
  application: { id: string; name: string };
  /** The languages that the application asks for, the best first (BCP 47). */
  uiLocales: string[];
  /** Who the application thinks it is: a phone number or a username, as it was given. */
  loginHint: string | undefined;
  /** What to begin with, and what its pages ask for; nothing leaves that to the sign-in experience. */
  first: { event: FlowEvent; identifiers: string[] };
  /** Where the browser may be sent on to, as sources of `form-action` (Content Security Policy). */
  redirectOrigins: string[];
  /** Where a browser goes on whose sign-in has handed its result in: there the application is answered. */
  resumeUrl: string;
  /** Who is signed in already and is to prove it again, for example with `prompt=login`. */
  accountId: string | undefined;
  /**
   * Whether the application wants it proven now, with `prompt=login` or `max_age`, or by two factors, whatever the browser
   * is trusted for.
   */
  asksInFull: boolean;
};

/** The parameters beside the standard ones that a request may have, with Logto's names. */
export const extraParams = ['first_screen', 'interaction_mode', 'identifier', 'direct_sign_in'];

type Params = Record<string, unknown>;

/** Where somebody goes who is signed in and gives a second factor alone; the page goes on from there. */
export const secondFactorPage = { path: '/sign-in', event: 'SignIn', parameters: { step: 'second' } } as const;

/** The hosted page that a request begins with, relative to the public URL, and what its flow begins as. */
export function firstPage(params: Params): { path: string; event: FlowEvent; parameters?: undefined } {
  if (wantsSignUp(params)) return { path: '/register', event: 'Register' };
  const isReset = textOf(params.first_screen) === 'reset_password';
  return isReset ? { path: '/forgot-password', event: 'ForgotPassword' } : { path: '/sign-in', event: 'SignIn' };
}

/** What pages need of an interaction of oidc-provider. */
export function toSignInRequest(
  interaction: { uid: string; params: Params; returnTo: string; session?: { accountId: string } | undefined },
  application: { id: string; name: string },
): SignInRequest {
  const { uid, params, returnTo, session } = interaction;
  return {
    id: uid,
    application,
    uiLocales: parseLocales(params.ui_locales),
    loginHint: textOf(params.login_hint) || undefined,
    first: { event: firstPage(params).event, identifiers: wishedIdentifiers(params) },
    redirectOrigins: formActionSources(textOf(params.redirect_uri)),
    resumeUrl: returnTo,
    accountId: session?.accountId,
    asksInFull: words(params.prompt).includes('login') || params.max_age !== undefined || asksTwoFactors(params),
  };
}

/** How the application is called that people sign in to; the account page is none. */
export const namedApplication = ({ application }: SignInRequest): string | undefined =>
  application.id === accountApplication.id ? undefined : application.name;

/** The application that people sign in to, as it is kept with messages; the account page is none. */
export const namedId = ({ application }: SignInRequest): string | undefined =>
  application.id === accountApplication.id ? undefined : application.id;

/**
 * What `form-action` has to allow so that a form may lead to this URI: its scheme, because the application may send the
 * browser on to another origin of its own, and browsers look at every redirect that follows a form.
 */
export function formActionSources(uri: string): string[] {
  const protocol = URL.parse(uri)?.protocol;
  if (protocol === undefined) return [];
  // Whoever develops on localhost may go on to anything.
  return protocol === 'http:' ? ['http:', 'https:'] : [protocol];
}

function wantsSignUp({ prompt, first_screen: first, interaction_mode: mode }: Params): boolean {
  if (words(prompt).includes('create')) return true;
  // The older parameter counts where the newer one is not given, as at Logto.
  if (textOf(first) !== '') return ['register', 'identifier:register'].includes(textOf(first));
  return textOf(mode) === 'signUp';
}

/** First screens that `identifier` is about. Logto's documentation writes a hyphen, its code none. */
const screensOfIdentifiers = ['identifier:sign_in', 'identifier:sign-in', 'identifier:register', 'reset_password'];

const wishedIdentifiers = ({ first_screen: first, identifier }: Params): string[] =>
  screensOfIdentifiers.includes(textOf(first)) ? words(identifier) : [];

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const words = (value: unknown): string[] => textOf(value).split(' ').filter(Boolean);
