import { defaultTextLocales } from '@sesame/connector-kit';

/** Those that read Chinese know it by its script. */
const scripts: Readonly<Record<string, string>> = { 'zh-CN': 'zh-Hans', 'zh-TW': 'zh-Hant' };

/** The languages of the hosted pages, each by its own name; messages have texts in the same. */
export const pageLanguages = defaultTextLocales.map((value) => ({
  value,
  label: new Intl.DisplayNames(value, { type: 'language' }).of(scripts[value] ?? value) ?? value,
}));
