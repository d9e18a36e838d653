import { matchLocale } from '@sesame/connector-kit';
import { type Form, languages, type PageContext } from '@sesame/pages';
import type { CustomPhrases, CustomPhrasesStore } from '../../../experience/custom-phrases.ts';
import {
  defaultSignInExperience,
  type SignInExperience,
  type SignInExperienceStore,
} from '../../../experience/sign-in-experience.ts';
import type { Platform } from '../../../platform.ts';
import type { Client } from '../../../protection/client.ts';
import type { Wording } from '../../../verification/requests.ts';
import { localeWishes, type WishSources } from '../../locale-wishes.ts';
import { customStylesheetUrl } from './asset-files.ts';

/** A request for a page, and what it stands in. */
export type Visit = {
  /** Of the flow, or of the session. */
  id: string;
  context: PageContext;
  policy: SignInExperience;
  client: Client;
  /** How messages are worded. */
  wording: Wording;
  /** What a phone field begins with: ISO 3166-1, two letters. */
  country: string;
  /** Where the browser may be sent on to after a form, beside this server. */
  redirectOrigins: readonly string[];
  /** The URL of a page of the same flow or session. */
  url: (path: string, parameters?: Record<string, string>) => string;
  /** A form that posts to such a page. */
  form: (path: string, hidden?: Record<string, string>) => Form;
};

/** What a page is drawn with. */
export function pageContext({ policy, phrases }: Look, { platform, ...wishes }: ContextWishes): PageContext {
  const { branding, color, languageInfo } = policy;
  const counting = languageInfo.autoDetect ? wishes : { ...wishes, acceptLanguage: undefined };
  const offered = [...new Set([...languages, ...Object.keys(phrases)])];
  const language = matchLocale(localeWishes(counting), offered) ?? languageInfo.fallbackLanguage;
  return {
    language,
    phrases: phrases[language],
    brand: { ...branding, name: branding.name || (wishes.applicationName ?? '') },
    colors: color,
    support: policy,
    customStylesheet: customStylesheetUrl(policy),
    nonce: wishes.nonce ?? platform.randomBytes(16).toString('base64'),
    now: platform.now(),
  };
}

/** What the operator has made of the pages. */
export type Look = { policy: SignInExperience; phrases: CustomPhrases };

/** The look of the pages; ours, where there is no database to ask. */
export async function readLook({ experience, customPhrases }: LookDeps): Promise<Look> {
  const [policy, phrases] = await Promise.all([
    experience.read().catch(() => defaultSignInExperience),
    customPhrases.read().catch(() => ({})),
  ]);
  return { policy, phrases };
}

/** Where the look of the pages is kept. */
export type LookDeps = { experience: SignInExperienceStore; customPhrases: CustomPhrasesStore };

/** Who asks for a page. */
export type ContextWishes = WishSources & {
  platform: Pick<Platform, 'now' | 'randomBytes'>;
  applicationName?: string | undefined;
  nonce?: string | undefined;
};

/** A path with parameters. */
export const withParameters = (path: string, parameters: Record<string, string>): string => {
  const query = new URLSearchParams(parameters).toString();
  return query === '' ? path : `${path}?${query}`;
};
