import type * as models from '../../index.ts';
import * as views from '../../index.ts';
import { address, back, example, exampleContext, form, number, type ViewExample } from './example.ts';

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

/** The views of an account, and of second steps. */
export const accountExamples: readonly ViewExample[] = [
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
];
