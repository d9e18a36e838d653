import type { Phrases } from '../translations/texts.ts';

/** What every page is drawn with. */
export type PageContext = {
  /** BCP 47; words that are in none of ours are English unless they are among the phrases. */
  language: string;
  /** Words of the operator's own, in place of ours. */
  phrases?: Phrases | undefined;
  brand: Brand;
  colors: Colors;
  /** Where people find help. */
  support?: Support | undefined;
  /** The URL of the operator's own stylesheet, which comes after ours. */
  customStylesheet?: string | undefined;
  /** Of the response: the stylesheet with the brand's colours stands in the page under it. */
  nonce: string;
  /** Milliseconds since the epoch. */
  now: number;
};

/** Whose pages these are. */
export type Brand = {
  /** The brand's name, or that of the application. */
  name: string;
  logoUrl?: string | null | undefined;
  darkLogoUrl?: string | null | undefined;
  /** The picture in the tab of the browser; without one, the logo. */
  favicon?: string | null | undefined;
  darkFavicon?: string | null | undefined;
};

/** Links at the foot of every page. */
export type Support = { supportEmail: string | null; supportWebsiteUrl: string | null };

/** Colours as `#rrggbb`. */
export type Colors = { primaryColor: string; darkPrimaryColor: string; isDarkModeEnabled: boolean };

/** Where a form posts to, and what it carries unseen: the flow, the protection against forged requests. */
export type Form = { action: string; hidden: Readonly<Record<string, string>> };

/** Another page that asks who somebody is: a button that takes along what was typed, drawn as a link. */
export type Way = { action: string; to: string };

/** The terms of use and the privacy policy of the operator, and how people agree to them. */
export type Legal = {
  termsOfUseUrl: string | null;
  privacyPolicyUrl: string | null;
  /** By going on, by a box to tick, or not here. */
  agreement: 'going-on' | 'box' | 'elsewhere';
  /** Whether the box is ticked. */
  isAgreed?: boolean | undefined;
};
