import type { ExperienceChange } from './experience-api.ts';
import {
  backupCode,
  codeMethods,
  codeRanges,
  type ExperienceValues,
  factorOf,
  limitRanges,
  trustRanges,
} from './experience-values.ts';
import { takesCodes } from './identifiers.ts';
import { firstOf } from './ways.ts';

/** What the form holds, as the API takes it. */
export function changeOf(values: ExperienceValues): ExperienceChange {
  const { name, primaryColor, darkPrimaryColor, isDarkModeEnabled } = values;
  const numbers = (ranges: object) =>
    Object.fromEntries(
      Object.keys(ranges).map((key) => [key, numberOf(values[key as keyof typeof values] as number | string)]),
    );
  return {
    branding: {
      name: name.trim(),
      logoUrl: textOf(values.logoUrl),
      darkLogoUrl: textOf(values.darkLogoUrl),
      favicon: textOf(values.favicon),
      darkFavicon: textOf(values.darkFavicon),
    },
    color: { primaryColor, darkPrimaryColor, isDarkModeEnabled },
    signInMode: values.signInMode,
    signUp: signUpOf(values),
    signIn: { methods: values.methods },
    mfa: {
      // They are nothing by themselves.
      factors: [
        ...values.mfa.map((type) => factorOf[type]),
        ...(values.hasBackupCodes && values.mfa.length > 0 ? [backupCode] : []),
      ],
      policy: values.mfaPolicy,
    },
    trustedDevicePolicy: { enabled: values.trustsBrowsers, ...numbers(trustRanges) },
    forgotPasswordMethods: values.resets.map((type) => codeMethods[type]),
    emailBlocklistPolicy: {
      blockSubaddressing: values.blockSubaddressing,
      customAllowlist: linesOf(values.customAllowlist),
      customBlocklist: linesOf(values.customBlocklist),
    },
    passwordPolicy: passwordPolicyOf(values),
    languageInfo: { autoDetect: values.autoDetect, fallbackLanguage: values.fallbackLanguage },
    defaultCountry: values.defaultCountry,
    termsOfUseUrl: textOf(values.termsOfUseUrl),
    privacyPolicyUrl: textOf(values.privacyPolicyUrl),
    agreeToTermsPolicy: values.agreeToTermsPolicy,
    supportEmail: textOf(values.supportEmail),
    supportWebsiteUrl: textOf(values.supportWebsiteUrl),
    unknownSessionRedirectUrl: textOf(values.unknownSessionRedirectUrl),
    // Its lines are counted as they are.
    customCss: values.customCss.trim() === '' ? null : values.customCss,
    originBoundCodes: values.originBoundCodes === 'auto' ? null : values.originBoundCodes === 'on',
    verificationCodePolicy: { ...numbers(codeRanges), newCodeEachTime: values.newCodeEachTime },
    messageRateLimitPolicy: numbers(limitRanges),
    accountNotices: { email: values.noticesByEmail, sms: values.noticesBySms },
  };
}

/** What is asked for after what a sign-up begins with, or everything at once. */
function signUpOf(values: ExperienceValues) {
  const { identifiers, recipients, password } = values;
  const first = firstOf(values);
  const codes = identifiers.filter(takesCodes);
  const isEither = recipients === 'either' && codes.length > 1;
  const later = codes.filter((type) => (first === 'username' ? !isEither : !isEither && type !== first));
  const isEitherLater = first === 'username' && isEither;
  const secondary = isEitherLater ? (['emailOrPhone'] as const) : identifiers.length > 1 ? later : [];
  return {
    identifiers: identifiers.filter(
      (identifier) => !takesCodes(identifier) || !(isEitherLater || secondary.some((one) => one === identifier)),
    ),
    secondaryIdentifiers: secondary.map((identifier) => ({ identifier, verify: true })),
    verify: true,
    password,
  };
}

function passwordPolicyOf(values: ExperienceValues) {
  const { pwned, repetitionAndSequence, userInfo } = values;
  const words = linesOf(values.words);
  return {
    length: { min: Number(values.minLength), max: Number(values.maxLength) },
    characterTypes: { min: Number(values.characterTypes) },
    rejects: { pwned, repetitionAndSequence, userInfo, words },
  };
}

/** What is on the lines of a text. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const textOf = (text: string) => text.trim() || null;
const numberOf = (value: number | string) => (value === '' ? null : value);

type Fields = Record<string, unknown>;

/** What the API takes as a whole. */
const wholes = new Set(['signUp', 'passwordPolicy', 'emailBlocklistPolicy', 'mfa']);

/** What of a change is not as it was, field by field, so that what others changed elsewhere stays. */
export function differenceOf(before: ExperienceChange, after: ExperienceChange): ExperienceChange {
  return onlyDifferent(before, after, (key, was, is) =>
    isFields(was) && isFields(is) && !wholes.has(key) ? onlyDifferent(was, is) : is,
  );
}

function onlyDifferent(before: Fields, after: Fields, narrow = (_key: string, _: unknown, is: unknown) => is): Fields {
  const different = Object.entries(after).filter(([key, value]) => !isSame(before[key], value));
  return Object.fromEntries(different.map(([key, value]) => [key, narrow(key, before[key], value)]));
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
