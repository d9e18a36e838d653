import { withScheme } from '@sesame/connector-kit';
import type { TFunction } from 'i18next';
import type { Issue } from '../api/api-error.ts';
import { linesOf } from './experience-change.ts';
import {
  codeRanges,
  type ExperienceValues,
  isOptional,
  limitRanges,
  passwordRanges,
  trustRanges,
} from './experience-values.ts';
import { takesCodes } from './identifiers.ts';
import { signsInByItself } from './ways.ts';

const links = ['termsOfUseUrl', 'privacyPolicyUrl', 'supportWebsiteUrl', 'unknownSessionRedirectUrl'] as const;
const logos = ['logoUrl', 'darkLogoUrl', 'favicon', 'darkFavicon'] as const;
const colors = ['primaryColor', 'darkPrimaryColor'] as const;

/** What the server refuses of these values, in the language of the person. The server judges; this is how it is said. */
export function problemsIn(t: TFunction, values: ExperienceValues): Issue[] {
  return [
    ...values.methods
      .filter(({ password, verificationCode }) => !password && !verificationCode)
      .map(() => ({ path: 'methods', message: t('signInExperience.ways.needsProof') })),
    ...values.mfa
      .filter(takesCodes)
      .filter((type) => signsInByItself(values, type))
      .slice(0, 1)
      .map((type) => ({ path: 'mfa', message: t(`signInExperience.second.signsIn.${type}`) })),
    ...(['customAllowlist', 'customBlocklist'] as const)
      .filter((key) => linesOf(values[key]).some((line) => !/^[^\s@]*@[^\s@.]+(\.[^\s@.]+)+$/.test(line)))
      .map((path) => ({ path, message: t('signInExperience.ways.badEmails') })),
    ...colors
      .filter((key) => !isColor(values[key]))
      .map((path) => ({ path, message: t('signInExperience.brand.badColor') })),
    ...logos
      .filter((key) => values[key].trim() !== '' && !isLogo(values[key].trim()))
      .map((path) => ({ path, message: schemeMissing(t, values[path]) ?? t('signInExperience.brand.badLogo') })),
    ...links
      .filter((key) => values[key].trim() !== '' && !isLink(values[key].trim()))
      .map((path) => ({ path, message: schemeMissing(t, values[path]) ?? t('signInExperience.content.badLink') })),
    ...(isNoEmail(values.supportEmail.trim())
      ? [{ path: 'supportEmail', message: t('signInExperience.content.badEmail') }]
      : []),
    ...Object.entries({ ...passwordRanges, ...codeRanges, ...limitRanges, ...trustRanges })
      .filter(([key, range]) => !isWithin(key, values[key as keyof typeof limitRanges], range))
      .map(([path, [from, to]]) => ({ path, message: t('signInExperience.badNumber', { from, to }) })),
    ...(Number(values.minLength) > Number(values.maxLength)
      ? [{ path: 'maxLength', message: t('signInExperience.passwords.badMaximum') }]
      : []),
  ];
}

function schemeMissing(t: TFunction, text: string): string | undefined {
  const whole = withScheme(text.trim());
  return whole && t('forms.schemeMissing', { whole });
}

/** Whether a text is a colour as the server takes it: # and six hexadecimal digits. */
export const isColor = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text);

const isLogo = (text: string) => /^(https:\/\/\S+|http:\/\/localhost[:/]\S*|data:image\/\S+)$/.test(text);
const isLink = (text: string) => /^https?:$/.test(URL.parse(text)?.protocol ?? '');

const isNoEmail = (text: string) => text !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);

function isWithin(key: string, value: number | string, [from, to]: readonly [number, number]): boolean {
  if (value === '') return isOptional(key);
  const number = Number(value);
  return Number.isInteger(number) && number >= from && number <= to;
}
