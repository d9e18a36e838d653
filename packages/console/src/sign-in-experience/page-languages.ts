import { defaultTextLocales } from '@sesame/connector-kit';

/** The languages of the hosted pages, each by its own name; messages have texts in the same. */
export const pageLanguages = defaultTextLocales.map((value) => ({
  value,
  label: new Intl.DisplayNames(value, { type: 'language' }).of(value) ?? value,
}));
