import { matchLocale } from '@sesame/connector-kit';
import { type Form, languages, type PageContext } from '@sesame/pages';
import type { SignInExperience } from '../../../experience/sign-in-experience.ts';
import type { Platform } from '../../../platform.ts';
import type { Client } from '../../../protection/client.ts';
import type { Wording } from '../../../verification/verification.ts';
import { localeWishes, type WishSources } from '../../locale-wishes.ts';

/** A request for a page, and what it stands in. */
export type Visit = {
  /** Of the flow, or of the session. */
  id: string;
  context: PageContext;
  policy: SignInExperience;
  client: Client;
  /** How messages are worded. */
  wording: Wording;
  /** Where the browser may be sent on to after a form, beside this server. */
  redirectOrigins: readonly string[];
  /** The URL of a page of the same flow or session. */
  url: (path: string, parameters?: Record<string, string>) => string;
  /** A form that posts to such a page. */
  form: (path: string, hidden?: Record<string, string>) => Form;
};

/** What a page is drawn with. */
export function pageContext(
  { branding, color, languageInfo }: SignInExperience,
  { platform, ...wishes }: ContextWishes,
): PageContext {
  const counting = languageInfo.autoDetect ? wishes : { ...wishes, acceptLanguage: undefined };
  return {
    language: matchLocale(localeWishes(counting), languages) ?? languageInfo.fallbackLanguage,
    brand: { ...branding, name: branding.name || (wishes.applicationName ?? '') },
    colors: color,
    nonce: wishes.nonce ?? platform.randomBytes(16).toString('base64'),
    now: platform.now(),
  };
}

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
