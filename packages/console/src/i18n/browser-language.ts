import { matchLocale } from '@sesame/connector-kit';

/** The one of these languages that suits the browser best; the first where none does. */
export const browserLanguage = <Tag extends string>(languages: readonly [Tag, ...Tag[]]): Tag =>
  matchLocale(navigator.languages, languages) ?? languages[0];
