import { defaultTextLocales } from '@sesame/connector-kit';

/** Those that read Chinese know it by its script. */
const scripts: Readonly<Record<string, string>> = { 'zh-CN': 'zh-Hans', 'zh-TW': 'zh-Hant' };

/** A language by its own name. */
export const languageName = (tag: string): string =>
  new Intl.DisplayNames(tag, { type: 'language' }).of(scripts[tag] ?? tag) ?? tag;

/** The languages of the hosted pages; messages have texts in the same. */
export const pageLanguages = defaultTextLocales.map((value) => ({ value, label: languageName(value) }));
