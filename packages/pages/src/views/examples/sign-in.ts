import type * as models from '../../index.ts';
import * as views from '../../index.ts';
import { address, back, example, exampleContext, form, number, type ViewExample, way } from './example.ts';

const phone: models.PhoneField = { country: 'CN', number: '138 0013 8000' };
const legal: models.Legal = {
  termsOfUseUrl: 'https://example.com/terms',
  privacyPolicyUrl: 'https://example.com/privacy',
  agreement: 'going-on',
};
const boxed: models.Legal = { ...legal, agreement: 'box' };
const asking = (...takes: models.Identifier[]): models.IdentifierField => ({ takes, value: 'ada', phone });

const recipientPage: models.RecipientPage = {
  purpose: 'sign-in',
  form,
  identifier: asking('phone'),
  application: 'Shop',
  links: { password: way('password'), register: way('register') },
};
const passwordPage: models.PasswordPage = {
  form,
  identifier: asking('phone', 'username'),
  application: 'Shop',
  links: { code: way('code'), register: way('register'), forgotPassword: way('forgot-password') },
};
const codePage: models.CodePage = {
  form,
  recipient: number,
  mayBeUnknown: false,
  codeLength: 6,
  resend: { form: { ...form, action: '/sign-in/code/resend' }, after: exampleContext.now + 25_000 },
  links: { change: '/sign-in?flow=1' },
};
const checkPage: models.CheckPage = {
  form: { ...form, action: '/sign-in/check' },
  question: { type: 'Turnstile', siteKey: 'key' },
  wait: { ticket: 'ticket', until: exampleContext.now + 25_000 },
  links: { password: way('password'), back: '/sign-in?flow=1' },
};
const profilePage: models.ProfilePage = {
  form,
  username: 'ada',
  password: { minLength: 8, characterTypes: 1 },
  knownAs: number,
  links: {},
  legal,
};
const newPasswordPage: models.NewPasswordPage = {
  password: { minLength: 10, characterTypes: 3 },
  purpose: 'forgot-password',
  form,
  knownAs: number,
  endsOtherSessions: true,
  links: {},
};
const messages: models.MessagePage['message'][] = [
  'flow-over',
  'signed-out',
  'not-signed-in',
  'too-many-requests',
  'unavailable',
  'closed',
  'form-expired',
  'not-found',
  'suspended',
  'failed',
];

/** The views on the way of a sign-in, a sign-up and a forgotten password, and what is said in their place. */
export const signInExamples: readonly ViewExample[] = [
  example('sign-in', views.recipientPage, recipientPage),
  example('sign-in, wrong number', views.recipientPage, { ...recipientPage, problem: { reason: 'phone-invalid' } }),
  example('sign-in, too many messages', views.recipientPage, {
    ...recipientPage,
    problem: { reason: 'too-many-messages', waitSeconds: 100 },
  }),
  example('sign-in, not sent, by email instead', views.recipientPage, {
    ...recipientPage,
    problem: { reason: 'sending-failed' },
    instead: { form: { ...form, action: '/sign-in/instead' }, recipient: 'a•••@example.com' },
  }),
  example('register', views.recipientPage, {
    ...recipientPage,
    purpose: 'register',
    legal,
    links: { signIn: way('sign-in') },
  }),
  example('forgot password', views.recipientPage, {
    ...recipientPage,
    purpose: 'forgot-password',
    links: { signIn: way('sign-in') },
  }),
  example('new number', views.recipientPage, { ...recipientPage, purpose: 'link', links: { back } }),
  example('password', views.passwordPage, passwordPage),
  example('password, wrong', views.passwordPage, { ...passwordPage, problem: { reason: 'credentials-wrong' } }),
  example('password of a phone number', views.passwordPage, { ...passwordPage, identifier: asking('phone') }),
  example('password of a username', views.passwordPage, { ...passwordPage, identifier: asking('username') }),
  example('code', views.codePage, codePage),
  example('code of four digits, sent again', views.codePage, {
    ...codePage,
    codeLength: 4,
    notice: 'sent-again',
    mayBeUnknown: true,
  }),
  example('code, filled in', views.codePage, { ...codePage, code: '123456' }),
  example('code, with the choice to trust the browser', views.codePage, {
    ...codePage,
    trust: { until: exampleContext.now, isChosen: true },
  }),
  example('code, opened elsewhere', views.codeElsewherePage, { code: '123456' }),
  example('code, wrong', views.codePage, {
    ...codePage,
    resend: { ...codePage.resend, after: 0 },
    problem: { reason: 'code-wrong', triesLeft: 3 },
  }),
  example('code, too soon', views.codePage, { ...codePage, problem: { reason: 'resend-too-soon', waitSeconds: 25 } }),
  example('check', views.checkPage, checkPage),
  example('check, failed, without a wait', views.checkPage, {
    ...checkPage,
    wait: undefined,
    links: { back },
    problem: { reason: 'check-failed' },
  }),
  example('check, too early', views.checkPage, { ...checkPage, problem: { reason: 'check-waiting', waitSeconds: 12 } }),
  example('no account', views.offerPage, {
    offer: 'create-account',
    form,
    recipient: number,
    links: { change: '/sign-in' },
    legal,
  }),
  example('already an account', views.offerPage, {
    offer: 'sign-in',
    form,
    recipient: number,
    links: { change: '/sign-in' },
    problem: { reason: 'unavailable' },
  }),
  example('profile', views.profilePage, profilePage),
  example('profile, username taken', views.profilePage, { ...profilePage, problem: { reason: 'username-taken' } }),
  example('profile, password alone', views.profilePage, {
    ...profilePage,
    username: undefined,
    problem: {
      reason: 'password-rejected',
      broken: [{ rule: 'too_short', limit: 8 }, { rule: 'character_types', limit: 3 }, { rule: 'pwned' }],
    },
  }),
  example('register without a number', views.profilePage, {
    ...profilePage,
    knownAs: undefined,
    application: 'Shop',
    links: { signIn: way('sign-in') },
    legal: { ...legal, termsOfUseUrl: null },
  }),
  example('register, agreement to tick', views.recipientPage, { ...recipientPage, purpose: 'register', legal: boxed }),
  example('register, agreement not ticked', views.recipientPage, {
    ...recipientPage,
    purpose: 'register',
    legal: boxed,
    problem: { reason: 'agree-missing' },
  }),
  example('password, agreement not ticked', views.passwordPage, {
    ...passwordPage,
    legal: { ...boxed, privacyPolicyUrl: null },
    problem: { reason: 'agree-missing' },
  }),
  example('profile, agreement not ticked', views.profilePage, {
    ...profilePage,
    legal: { ...boxed, termsOfUseUrl: null },
    problem: { reason: 'agree-missing' },
  }),
  example('sign in, terms to read', views.recipientPage, {
    ...recipientPage,
    legal: { ...legal, agreement: 'elsewhere' },
  }),
  example('new password', views.newPasswordPage, newPasswordPage),
  example('change password', views.newPasswordPage, {
    ...newPasswordPage,
    purpose: 'change-password',
    links: { back },
    problem: { reason: 'password-same' },
  }),
  example('set password', views.newPasswordPage, {
    ...newPasswordPage,
    purpose: 'set-password',
    endsOtherSessions: undefined,
    links: { back },
  }),
  example('password changed', views.passwordChangedPage, { signIn: form, endedOtherSessions: true }),
  example('sign-in by either', views.recipientPage, {
    ...recipientPage,
    identifier: asking('phone', 'email', 'username'),
    problem: { reason: 'identifier-invalid' },
  }),
  example('forgot password by email', views.recipientPage, {
    ...recipientPage,
    purpose: 'forgot-password',
    identifier: asking('email'),
    problem: { reason: 'email-invalid' },
  }),
  example('register by either', views.recipientPage, {
    ...recipientPage,
    purpose: 'register',
    identifier: asking('phone', 'email'),
  }),
  example('number for second codes', views.recipientPage, {
    ...recipientPage,
    purpose: 'second-factor',
    links: { authenticator: '/sign-in/second-step/authenticator/add', back },
    skip: form,
  }),
  example('number or address for second codes', views.recipientPage, {
    ...recipientPage,
    purpose: 'second-factor',
    identifier: asking('phone', 'email'),
    links: {},
  }),
  example('new address', views.recipientPage, {
    ...recipientPage,
    purpose: 'link',
    identifier: asking('email'),
    links: { back },
  }),
  example('password of an address or a username', views.passwordPage, {
    ...passwordPage,
    identifier: asking('email', 'username'),
  }),
  example('code by email, or by SMS instead', views.codePage, {
    ...codePage,
    recipient: address,
    instead: { form: { ...form, action: '/sign-in/code/instead' }, recipient: '+86 ••• 00' },
  }),
  example('code by email that may be unknown', views.codePage, { ...codePage, recipient: address, mayBeUnknown: true }),
  example('sign out', views.signOutPage, { form: { ...form, action: '/oidc/session/end/confirm' } }),
  ...messages.map((message) => example(`message: ${message}`, views.messagePage, { message })),
  example('message with a wait and a link', views.messagePage, {
    message: 'too-many-requests',
    waitSeconds: 60,
    link: { href: '/sign-in', text: 'try-again' },
  }),
  example('message for the developer', views.messagePage, {
    message: 'application-error',
    details: 'invalid_redirect_uri: redirect_uri did not match',
  }),
];
