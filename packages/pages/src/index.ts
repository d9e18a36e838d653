export { type Html, html } from './html.ts';
export { chooseLanguage, type Language, type LanguageWishes, languages } from './language.ts';
export type * from './view-models.ts';
