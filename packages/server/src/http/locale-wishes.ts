import type { User } from '../accounts/user-record.ts';
import { parseLocales } from '../locale.ts';

/** Where the languages that a person wishes are told. */
export type WishSources = {
  /** What the application asks for, the best first (BCP 47). */
  uiLocales?: readonly string[] | undefined;
  /** Whose account it is, where somebody is signed in. */
  user?: Pick<User, 'profile'> | undefined;
  /** The header of the request. */
  acceptLanguage?: string | undefined;
};

/**
 * The languages that a person wishes, the best first (BCP 47): what the application asks for, then what the person has
 * chosen for the account (`profile.locale`), then what the browser was set to.
 */
export const localeWishes = ({ uiLocales = [], user, acceptLanguage }: WishSources): string[] => [
  ...uiLocales,
  ...parseLocales(user?.profile.locale),
  ...parseLocales(acceptLanguage),
];
