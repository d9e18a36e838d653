import { z } from 'zod';
import { defaultPasswordPolicy, passwordPolicySchema } from '../password-policy.ts';
import { refusalsOf } from '../refusals.ts';
import type { FlowEvent } from '../store/tables/sign-ins.ts';
import {
  brandingSchema,
  colorSchema,
  contentChangeSchema,
  contentSchema,
  countrySchema,
  languageInfoSchema,
} from './appearance.ts';
import { checkCustomCss } from './custom-css.ts';
import { checkEmailBlocklistPolicy, emailBlocklistPolicySchema } from './email-blocklist.ts';
import { defaultFraudPolicy, fraudPolicyChangeSchema, fraudPolicySchema } from './fraud-policy.ts';
import {
  type CodeIdentifier,
  checkSignUp,
  codeIdentifiers,
  codeMethods,
  forgotPasswordChangeSchema,
  forgotPasswordMethodsSchema,
  identifiersOf,
  signInModeSchema,
  signInSchema,
  signUpSchema,
  takesCodes,
} from './methods.ts';
import {
  accountNoticesSchema,
  captchaPolicySchema,
  messageRateLimitPolicySchema,
  trustedDevicePolicySchema,
  verificationCodePolicySchema,
} from './policies.ts';
import { checkMfa, mfaSchema, noSecondFactor } from './second-factors.ts';
import { createSettingsDocument, type SettingsDeps } from './settings-document.ts';

/** How people sign up and sign in, what they see of it, and the rules for codes. */
export const signInExperienceSchema = z.object({
  branding: brandingSchema,
  color: colorSchema,
  languageInfo: languageInfoSchema,
  ...contentSchema,
  defaultCountry: countrySchema,
  signInMode: signInModeSchema,
  signUp: signUpSchema,
  signIn: signInSchema,
  mfa: mfaSchema,
  trustedDevicePolicy: trustedDevicePolicySchema,
  forgotPasswordMethods: forgotPasswordMethodsSchema,
  passwordPolicy: passwordPolicySchema,
  emailBlocklistPolicy: emailBlocklistPolicySchema,
  originBoundCodes: z
    .boolean()
    .nullable()
    .describe(
      'Whether messages of the hosted pages end with `@host #code`, so that browsers fill codes in on this host only; null: where the public URL is https.',
    ),
  verificationCodePolicy: verificationCodePolicySchema,
  messageRateLimitPolicy: messageRateLimitPolicySchema,
  captchaPolicy: captchaPolicySchema,
  accountNotices: accountNoticesSchema,
  fraudPolicy: fraudPolicySchema,
});
export type SignInExperience = z.infer<typeof signInExperienceSchema>;

/** A change: what is left out stays as it is; lists, ways to sign in and the password policy are replaced as a whole. */
export const signInExperienceChangeSchema = z.object({
  ...signInExperienceSchema.partial().shape,
  ...contentChangeSchema,
  branding: brandingSchema.partial().optional(),
  color: colorSchema.partial().optional(),
  languageInfo: languageInfoSchema.partial().optional(),
  signUp: signUpSchema.partial().optional(),
  mfa: mfaSchema.partial().optional(),
  trustedDevicePolicy: trustedDevicePolicySchema.partial().optional(),
  forgotPasswordMethods: forgotPasswordChangeSchema.optional(),
  emailBlocklistPolicy: emailBlocklistPolicySchema.nullish(),
  verificationCodePolicy: verificationCodePolicySchema.partial().optional(),
  messageRateLimitPolicy: messageRateLimitPolicySchema.partial().optional(),
  captchaPolicy: captchaPolicySchema.partial().optional(),
  accountNotices: accountNoticesSchema.partial().optional(),
  fraudPolicy: fraudPolicyChangeSchema.optional(),
});
export type SignInExperienceChange = z.infer<typeof signInExperienceChangeSchema>;

/** Who messages are from where no application is known: the brand, or the server where it has no name. */
export const brandName = ({ branding }: Pick<SignInExperience, 'branding'>): string => branding.name || 'Sesame';

/** What holds until somebody changes it: phone numbers sign up by code, and sign in by code or password. */
export const defaultSignInExperience: SignInExperience = {
  branding: { name: '', logoUrl: null, darkLogoUrl: null, favicon: null, darkFavicon: null },
  color: { primaryColor: '#5b3df5', darkPrimaryColor: '#a594ff', isDarkModeEnabled: true },
  languageInfo: { autoDetect: true, fallbackLanguage: 'en' },
  termsOfUseUrl: null,
  privacyPolicyUrl: null,
  agreeToTermsPolicy: 'Automatic',
  supportEmail: null,
  supportWebsiteUrl: null,
  unknownSessionRedirectUrl: null,
  customCss: null,
  defaultCountry: 'US',
  signInMode: 'SignInAndRegister',
  signUp: { identifiers: ['phone'], password: false, verify: true },
  signIn: {
    methods: [
      { identifier: 'phone', password: true, verificationCode: true, isPasswordPrimary: false },
      { identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true },
    ],
  },
  mfa: noSecondFactor,
  trustedDevicePolicy: { enabled: false, durationDays: 30 },
  forgotPasswordMethods: ['PhoneVerificationCode'],
  passwordPolicy: defaultPasswordPolicy,
  emailBlocklistPolicy: {},
  originBoundCodes: null,
  verificationCodePolicy: { codeLength: 6, expirationDuration: 600, maxRetryAttempts: 10 },
  messageRateLimitPolicy: {
    sendWindow: 600,
    maxSendsPerRecipient: 10,
    maxSendsPerAddress: 50,
    maxSendsTotal: null,
    resendInterval: 30,
  },
  captchaPolicy: { enabled: false, waitSeconds: 30 },
  accountNotices: { email: true, sms: false },
  fraudPolicy: defaultFraudPolicy,
};

/** Reads and changes the sign-in experience. */
export const createSignInExperienceStore = (deps: SettingsDeps) =>
  createSettingsDocument<SignInExperience, SignInExperienceChange>(deps, 'sign-in-experience', {
    defaults: defaultSignInExperience,
    merge,
    refusalsOf: ({ signUp, signIn, mfa, customCss, emailBlocklistPolicy }) =>
      refusalsOf({
        signUp: () => checkSignUp(signUp),
        mfa: () => checkMfa(mfa, signIn),
        emailBlocklistPolicy: () => checkEmailBlocklistPolicy(emailBlocklistPolicy),
        customCss: () => checkCustomCss(customCss),
      }),
  });
export type SignInExperienceStore = ReturnType<typeof createSignInExperienceStore>;

type Fields = Record<string, unknown>;

/** What is replaced as a whole although it is an object whose fields may be left out. */
const wholes = new Set(['emailBlocklistPolicy']);

/** A field that is an object takes single fields; what was stored before a field existed lacks it. */
function merge(base: SignInExperience, change: unknown): SignInExperience {
  const given = Object.entries((change ?? {}) as Fields).filter(([, value]) => value !== undefined);
  const merged: Fields = { ...base };
  for (const [name, value] of given) {
    merged[name] = isFields(value) && !wholes.has(name) ? { ...(merged[name] as Fields), ...value } : value;
  }
  merged.forgotPasswordMethods ??= defaultSignInExperience.forgotPasswordMethods;
  merged.emailBlocklistPolicy ??= defaultSignInExperience.emailBlocklistPolicy;
  const { signUp, ...rest } = merged as SignInExperience;
  const { secondaryIdentifiers: own, identifiers } = ((change ?? {}) as SignInExperienceChange).signUp ?? {};
  const { secondaryIdentifiers = [], ...primary } = signUp;
  // Whoever says anew what a sign-up begins with says so of all of it.
  const isGivenUp = secondaryIdentifiers.length === 0 || (identifiers && !own);
  return { ...rest, signUp: isGivenUp ? primary : signUp };
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What codes serve an event with, in the order in which it is offered: who signs in, makes an account or has forgotten a
 * password.
 */
export function codeIdentifiersFor(policy: SignInExperience, event: FlowEvent): CodeIdentifier[] {
  const { signInMode, signUp, signIn, forgotPasswordMethods: resets } = policy;
  switch (event) {
    case 'SignIn': {
      if (signInMode === 'Register') return [];
      const byCode = signIn.methods.filter(({ verificationCode }) => verificationCode);
      return byCode.map(({ identifier }) => identifier).filter(takesCodes);
    }
    case 'Register':
      return signInMode === 'SignIn' ? [] : identifiersOf(signUp).filter(takesCodes);
    case 'ForgotPassword':
      return codeIdentifiers.filter((identifier) => resets.includes(codeMethods[identifier]));
  }
}

/** What codes a sign-up begins with, rather than asking for it after the rest. */
export const beginningCodes = ({ signInMode, signUp }: SignInExperience): CodeIdentifier[] =>
  signInMode === 'SignIn' ? [] : signUp.identifiers.filter(takesCodes);

/** Whether a new account has a username. */
export const signsUpByUsername = ({ signInMode, signUp }: SignInExperience): boolean =>
  signInMode !== 'SignIn' && identifiersOf(signUp).includes('username');
