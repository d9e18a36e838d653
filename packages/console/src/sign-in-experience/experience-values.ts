import type { Identifier, SignInExperience, SignInMethod } from './experience-api.ts';
import { type CodeIdentifier, codeIdentifiers, takesCodes } from './identifiers.ts';
import type { OwnPhrases } from './phrases-api.ts';
import type { Tab } from './tabs.ts';

type CodePolicy = Omit<SignInExperience['verificationCodePolicy'], 'newCodeEachTime'>;
type LimitPolicy = SignInExperience['messageRateLimitPolicy'];

/** The numbers of the rules for codes, in their order, each with what it may be. */
export const codeRanges = {
  codeLength: [4, 6],
  expirationDuration: [60, 600],
  maxRetryAttempts: [1, 100],
} as const satisfies Record<keyof CodePolicy, readonly [number, number]>;

/** The numbers of the limits, in their order, each with what it may be. */
export const limitRanges = {
  resendInterval: [0, 600],
  sendWindow: [60, 86_400],
  maxSendsPerRecipient: [1, 1_000_000],
  maxSendsPerAddress: [1, 1_000_000],
  maxSendsTotal: [1, 1_000_000_000],
} as const satisfies Record<keyof LimitPolicy, readonly [number, number]>;

/** The numbers of the rules for passwords, in their order, each with what it may be. */
export const passwordRanges = {
  minLength: [1, 256],
  maxLength: [1, 256],
  characterTypes: [1, 4],
} as const satisfies Record<string, readonly [number, number]>;

/** What of passwords is refused, beside words of one's own. */
export const passwordRejects = ['pwned', 'repetitionAndSequence', 'userInfo'] as const;

/** The number of the rules for trusted browsers, with what it may be. */
export const trustRanges = { durationDays: [1, 365] } as const satisfies Record<string, readonly [number, number]>;

const mayBeEmpty = new Set<string>(['maxSendsPerRecipient', 'maxSendsPerAddress', 'maxSendsTotal']);

/** Whether an empty field means that there is no limit. */
export const isOptional = (field: string): boolean => mayBeEmpty.has(field);

/** What happens to whoever has nothing for a second step; Logto's other two say the same as two of these. */
export const mfaPolicies = [
  'NoPrompt',
  'PromptAtSignInAndSignUp',
  'PromptOnlyAtSignIn',
  'Mandatory',
  'PromptOnlyAtSignInMandatory',
] as const;
export type MfaPolicy = (typeof mfaPolicies)[number];

/** By the name that the form has for it; without factors, it is still to be chosen. */
export function policyOf({ policy, factors }: SignInExperience['mfa']): MfaPolicy {
  if (policy === 'PromptAtSignInAndSignUpMandatory') return 'Mandatory';
  if (policy === 'UserControlled') return factors.length === 0 ? 'NoPrompt' : 'PromptAtSignInAndSignUp';
  return policy;
}

/** The sign-in experience as the form holds it: flat, with an empty text for what is not there. */
export type ExperienceValues = {
  name: string;
  logoUrl: string;
  darkLogoUrl: string;
  favicon: string;
  darkFavicon: string;
  primaryColor: string;
  darkPrimaryColor: string;
  isDarkModeEnabled: boolean;
  signInMode: SignInExperience['signInMode'];
  identifiers: Identifier[];
  /** What a sign-up begins with, where it asks for more than one. */
  firstIdentifier: Identifier;
  /** What it asks for where both phone and email are on. */
  recipients: 'either' | 'both';
  password: boolean;
  methods: SignInMethod[];
  /** What can come second. */
  mfa: FactorType[];
  /** Whether backup codes stand in for one. */
  hasBackupCodes: boolean;
  /** Whether whoever has nothing for it gives something, or is asked to. */
  mfaPolicy: MfaPolicy;
  /** Whether people may have a browser trusted. */
  trustsBrowsers: boolean;
  /** What a code goes to that lets a forgotten password be replaced. */
  resets: CodeIdentifier[];
  blockSubaddressing: boolean;
  /** One on a line. */
  customAllowlist: string;
  /** One on a line. */
  customBlocklist: string;
  autoDetect: boolean;
  fallbackLanguage: SignInExperience['languageInfo']['fallbackLanguage'];
  defaultCountry: SignInExperience['defaultCountry'];
  termsOfUseUrl: string;
  privacyPolicyUrl: string;
  agreeToTermsPolicy: SignInExperience['agreeToTermsPolicy'];
  supportEmail: string;
  supportWebsiteUrl: string;
  unknownSessionRedirectUrl: string;
  /** The stylesheet of the operator's own. */
  customCss: string;
  originBoundCodes: 'auto' | 'on' | 'off';
  newCodeEachTime: boolean;
  noticesByEmail: boolean;
  noticesBySms: boolean;
  /** One on a line. */
  words: string;
  /** The operator's own words for the pages. */
  customPhrases: OwnPhrases;
} & Record<(typeof passwordRejects)[number], boolean> &
  Record<
    keyof CodePolicy | keyof LimitPolicy | keyof typeof passwordRanges | keyof typeof trustRanges,
    number | string
  >;

const tabOf: Record<keyof ExperienceValues, Tab> = {
  name: 'brand',
  logoUrl: 'brand',
  darkLogoUrl: 'brand',
  favicon: 'brand',
  darkFavicon: 'brand',
  customCss: 'css',
  primaryColor: 'brand',
  darkPrimaryColor: 'brand',
  isDarkModeEnabled: 'brand',
  signInMode: 'ways',
  identifiers: 'ways',
  firstIdentifier: 'ways',
  password: 'ways',
  methods: 'ways',
  recipients: 'ways',
  mfa: 'ways',
  hasBackupCodes: 'ways',
  mfaPolicy: 'ways',
  trustsBrowsers: 'ways',
  durationDays: 'ways',
  resets: 'ways',
  blockSubaddressing: 'ways',
  customAllowlist: 'ways',
  customBlocklist: 'ways',
  minLength: 'passwords',
  maxLength: 'passwords',
  characterTypes: 'passwords',
  pwned: 'passwords',
  repetitionAndSequence: 'passwords',
  userInfo: 'passwords',
  words: 'passwords',
  autoDetect: 'content',
  fallbackLanguage: 'content',
  defaultCountry: 'content',
  termsOfUseUrl: 'content',
  privacyPolicyUrl: 'content',
  agreeToTermsPolicy: 'content',
  supportEmail: 'content',
  supportWebsiteUrl: 'content',
  unknownSessionRedirectUrl: 'content',
  customPhrases: 'texts',
  originBoundCodes: 'codes',
  newCodeEachTime: 'codes',
  noticesByEmail: 'codes',
  noticesBySms: 'codes',
  codeLength: 'codes',
  expirationDuration: 'codes',
  maxRetryAttempts: 'codes',
  resendInterval: 'codes',
  sendWindow: 'codes',
  maxSendsPerRecipient: 'codes',
  maxSendsPerAddress: 'codes',
  maxSendsTotal: 'codes',
};

/** The tab with the field that a path of the API is about. */
export function placeOf(path: string): Tab | undefined {
  const field = path.split('.').find((part): part is keyof ExperienceValues => Object.hasOwn(tabOf, part));
  return field && tabOf[field];
}

/** What the form starts from. */
export function valuesOf(stored: SignInExperience, customPhrases: OwnPhrases = {}): ExperienceValues {
  const { branding, color, languageInfo, signUp, verificationCodePolicy, messageRateLimitPolicy } = stored;
  const { length, characterTypes, rejects } = stored.passwordPolicy;
  const { emailBlocklistPolicy } = stored;
  const later = (signUp.secondaryIdentifiers ?? []).map(({ identifier }) => identifier);
  const asked = [...signUp.identifiers, ...later].flatMap((one) => (one === 'emailOrPhone' ? codeIdentifiers : [one]));
  return {
    name: branding.name,
    logoUrl: branding.logoUrl ?? '',
    darkLogoUrl: branding.darkLogoUrl ?? '',
    favicon: branding.favicon ?? '',
    darkFavicon: branding.darkFavicon ?? '',
    ...color,
    signInMode: stored.signInMode,
    identifiers: asked,
    recipients: asksBoth(signUp.identifiers, later) ? 'both' : 'either',
    firstIdentifier: signUp.identifiers[0] ?? 'phone',
    password: signUp.password,
    methods: stored.signIn.methods,
    mfa: factorTypes.filter((type) => stored.mfa.factors.includes(factorOf[type])),
    hasBackupCodes: stored.mfa.factors.includes(backupCode),
    mfaPolicy: policyOf(stored.mfa),
    trustsBrowsers: stored.trustedDevicePolicy.enabled,
    durationDays: stored.trustedDevicePolicy.durationDays,
    resets: codeIdentifiers.filter((type) => stored.forgotPasswordMethods.includes(codeMethods[type])),
    blockSubaddressing: emailBlocklistPolicy.blockSubaddressing ?? false,
    customAllowlist: (emailBlocklistPolicy.customAllowlist ?? []).join('\n'),
    customBlocklist: (emailBlocklistPolicy.customBlocklist ?? []).join('\n'),
    ...languageInfo,
    defaultCountry: stored.defaultCountry,
    termsOfUseUrl: stored.termsOfUseUrl ?? '',
    privacyPolicyUrl: stored.privacyPolicyUrl ?? '',
    agreeToTermsPolicy: stored.agreeToTermsPolicy,
    supportEmail: stored.supportEmail ?? '',
    supportWebsiteUrl: stored.supportWebsiteUrl ?? '',
    unknownSessionRedirectUrl: stored.unknownSessionRedirectUrl ?? '',
    customCss: stored.customCss ?? '',
    originBoundCodes: stored.originBoundCodes === null ? 'auto' : stored.originBoundCodes ? 'on' : 'off',
    minLength: length.min,
    maxLength: length.max,
    characterTypes: characterTypes.min,
    ...rejects,
    words: rejects.words.join('\n'),
    customPhrases,
    ...verificationCodePolicy,
    newCodeEachTime: verificationCodePolicy.newCodeEachTime ?? false,
    noticesByEmail: stored.accountNotices.email,
    noticesBySms: stored.accountNotices.sms,
    ...messageRateLimitPolicy,
    maxSendsPerRecipient: messageRateLimitPolicy.maxSendsPerRecipient ?? '',
    maxSendsPerAddress: messageRateLimitPolicy.maxSendsPerAddress ?? '',
    maxSendsTotal: messageRateLimitPolicy.maxSendsTotal ?? '',
  };
}

/** What a code to each is called in the API. */
export const codeMethods = { phone: 'PhoneVerificationCode', email: 'EmailVerificationCode' } as const;

/** What can come second by itself, and what each is called there. */
export const factorOf = { ...codeMethods, totp: 'Totp' } as const;
export type FactorType = keyof typeof factorOf;
export const factorTypes = [...codeIdentifiers, 'totp'] as const satisfies FactorType[];

/** What backup codes are called there. */
export const backupCode = 'BackupCode' as const;

/** Whether a sign-up asks for a number and for an address, rather than for either. */
const asksBoth = (first: readonly string[], later: readonly string[]): boolean =>
  [...first, ...later].filter(takesCodes).length > 1 && !codeIdentifiers.every((type) => first.includes(type));
