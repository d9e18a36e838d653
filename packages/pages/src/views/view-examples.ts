import type * as models from '../index.ts';
import * as views from '../index.ts';
import type { PageContext } from '../view-models/page.ts';

/** A view with something to show in it. */
export type ViewExample = { name: string; model: object; render: (context: PageContext, model: never) => string };

const example = <Model extends object>(
  name: string,
  render: (context: PageContext, model: Model) => string,
  model: Model,
): ViewExample => ({ name, model, render: render as ViewExample['render'] });

/** What pages are drawn with in tests. */
export const exampleContext: PageContext = {
  language: 'en',
  brand: { name: 'Cave & Sons' },
  colors: { primaryColor: '#5b3df5', darkPrimaryColor: '#a594ff', isDarkModeEnabled: true },
  nonce: 'bm9uY2U=',
  now: Date.UTC(2026, 0, 31, 12),
};

const form: models.Form = { action: '/sign-in', hidden: { flow: 'flow-1', csrf: 'token-1' } };
const phone: models.PhoneField = { country: 'CN', number: '138 0013 8000' };
const legal: models.Legal = {
  termsOfUseUrl: 'https://example.com/terms',
  privacyPolicyUrl: 'https://example.com/privacy',
  agreement: 'going-on',
};
const boxed: models.Legal = { ...legal, agreement: 'box' };
const number = '+8613800138000';
const back = '/account';
const way = (to: string): models.Way => ({ action: '/sign-in/go?flow=1', to });

const address = 'ali.baba+cave@example.com';
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
const backupCodesPage: models.BackupCodesPage = {
  codes: Array.from({ length: 10 }, (_, index) => `0f3a91c7${10 + index}`),
  form: { ...form, action: '/account/backup-codes' },
  replaces: false,
  links: { back },
};
const newAuthenticatorPage: models.NewAuthenticatorPage = {
  secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
  uri: 'otpauth://totp/Cave:ali?issuer=Cave&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
  codeLength: 6,
  form,
  replaces: false,
  isInSignIn: true,
  links: { codes: '/sign-in/second-step/add', back: '/sign-in' },
};
const authenticatorPage: models.AuthenticatorPage = {
  codeLength: 6,
  form,
  links: { codes: '/sign-in/second-step', backupCode: '/sign-in/second-step/backup-code', back: '/sign-in' },
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
const accountPage: models.AccountPage = {
  name: 'Ada Lovelace',
  username: 'ada',
  phone: number,
  email: address,
  hasPassword: true,
  hasSecondStep: true,
  sessions: [
    {
      browser: 'Chrome',
      system: 'Windows',
      applications: ['Shop', 'Cave'],
      signedInAt: exampleContext.now,
      isCurrent: true,
    },
    {
      browser: '',
      system: '',
      applications: [],
      signedInAt: exampleContext.now - 1e9,
      isCurrent: false,
      end: { ...form, action: '/account/sessions/2' },
    },
  ],
  links: {
    changePhone: '/account/phone',
    changeEmail: '/account/email',
    removePhone: '/account/phone/remove',
    removeEmail: '/account/email/remove',
    changePassword: '/account/password',
    changeSecondStep: '/account/second-step',
  },
  endOtherSessions: { ...form, action: '/account/sessions' },
  signOut: { ...form, action: '/account/sign-out' },
};
const verifyYourselfPage: models.VerifyYourselfPage = {
  reason: 'change-phone',
  codes: [
    { form, recipient: number },
    { form, recipient: address },
  ],
  password: { form, knownAs: 'ada' },
  links: { back },
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

/** Every view, in every shape that it has. */
export const viewExamples: readonly ViewExample[] = [
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
  example('account', views.accountPage, accountPage),
  example('account with little in it', views.accountPage, {
    ...accountPage,
    name: null,
    username: null,
    phone: null,
    email: null,
    hasPassword: false,
    notice: 'phone-removed',
    links: { changePhone: '/account/phone', changeEmail: '/account/email' },
    endOtherSessions: undefined,
  }),
  example('account with several numbers', views.accountPage, {
    ...accountPage,
    otherPhones: [
      { value: number, makePrimary: '/account/phone/other/main', remove: '/account/phone/other/remove' },
      { value: number, makePrimary: undefined, remove: undefined },
    ],
    otherEmails: [{ value: address, makePrimary: '/account/email/other/main', remove: undefined }],
    links: { ...accountPage.links, addPhone: '/account/phone/other' },
  }),
  example('make a number the main one', views.makePrimaryPage, { form, recipient: number, links: { back } }),
  example('verify yourself', views.verifyYourselfPage, verifyYourselfPage),
  example('verify yourself, password alone', views.verifyYourselfPage, {
    ...verifyYourselfPage,
    reason: 'change-password',
    codes: [],
    problem: { reason: 'password-wrong' },
  }),
  example('remove number', views.removeRecipientPage, { form, recipient: number, links: { back } }),
  example('remove address', views.removeRecipientPage, { form, recipient: address, links: { back } }),
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
  example('second step of an account', views.secondStepPage, { isOn: true, form, links: { back } }),
  example('second step of an account, off', views.secondStepPage, { isOn: false, form, links: { back } }),
  example('new backup codes', views.backupCodesPage, { ...backupCodesPage, links: {} }),
  example('new backup codes of an account', views.backupCodesPage, {
    ...backupCodesPage,
    replaces: true,
    problem: { reason: 'backup-over' },
  }),
  example('backup codes that are there', views.backupCodesTherePage, { form }),
  example('backup code', views.backupCodePage, { form, links: { back: '/sign-in' } }),
  example('backup code, wrong', views.backupCodePage, {
    form,
    links: { back: '/sign-in' },
    problem: { reason: 'backup-wrong' },
  }),
  example('new authenticator app', views.newAuthenticatorPage, newAuthenticatorPage),
  example('new authenticator app in place of another', views.newAuthenticatorPage, {
    ...newAuthenticatorPage,
    replaces: true,
    isInSignIn: false,
    links: { back },
    problem: { reason: 'code-not-of-app' },
  }),
  example('code of an authenticator app', views.authenticatorPage, authenticatorPage),
  example('code of an authenticator app, wrong', views.authenticatorPage, {
    ...authenticatorPage,
    trust: { until: exampleContext.now, isChosen: false },
    links: { back: '/sign-in' },
    problem: { reason: 'code-not-of-app' },
  }),
  example('remove the authenticator app', views.removeAuthenticatorPage, { form, links: { back } }),
  example('account with an authenticator app', views.accountPage, {
    ...accountPage,
    authenticatorSince: exampleContext.now,
    notice: 'authenticator-added',
    links: {
      ...accountPage.links,
      changeAuthenticator: '/account/authenticator',
      removeAuthenticator: '/account/authenticator/remove',
    },
  }),
  example('account without an authenticator app', views.accountPage, {
    ...accountPage,
    authenticatorSince: null,
    links: { ...accountPage.links, changeAuthenticator: '/account/authenticator' },
  }),
  example('account with trusted browsers', views.accountPage, {
    ...accountPage,
    notice: 'trust-ended',
    trustedBrowsers: [
      {
        browser: 'Chrome',
        system: 'Windows',
        trustedUntil: exampleContext.now,
        isCurrent: true,
        end: { ...form, action: '/account/trusted-browsers/end' },
      },
      { browser: '', system: '', trustedUntil: exampleContext.now, isCurrent: false, end: undefined },
    ],
  }),
  example('account with few backup codes', views.accountPage, {
    ...accountPage,
    hasSecondStep: true,
    backupCodes: { left: 2, isFew: true },
    notice: 'backup-codes-kept',
    links: { ...accountPage.links, changeBackupCodes: '/account/backup-codes' },
  }),
  example('second code', views.verifyYourselfPage, {
    ...verifyYourselfPage,
    reason: 'sign-in',
    password: undefined,
    links: {
      back: '/sign-in',
      authenticator: '/sign-in/second-step/authenticator',
      backupCode: '/sign-in/second-step/backup-code',
    },
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
