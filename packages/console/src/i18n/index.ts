import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { en } from './en.ts';

/** The languages of the Console, by tag. */
export const languages = { en: 'English', 'zh-CN': '简体中文' } as const;
export type Language = keyof typeof languages;

const storageKey = 'sesame.language';

/** Each language is fetched only when it is shown. */
const catalogues: Record<Language, () => Promise<object>> = {
  en: async () => (await import('./en.ts')).en,
  'zh-CN': async () => (await import('./zh-cn.ts')).zhCN,
};

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    // Texts are about templates with {{code}} in them, which must stay as they are.
    interpolationPrefix: '%{';
    interpolationSuffix: '}';
  }
}

/** Starts with the language that was chosen before, else the first one of the browser's that the Console speaks. */
export async function startTranslations(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: {},
    fallbackLng: false,
    interpolation: { escapeValue: false, prefix: '%{', suffix: '}' },
  });
  await showLanguage(storedLanguage() ?? (await browserLanguage()));
}

/** Switches to a language and remembers it. */
export async function chooseLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Without storage the choice lasts until the page is closed.
  }
  await showLanguage(language);
}

async function showLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await catalogues[language]());
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

function storedLanguage(): Language | undefined {
  try {
    const stored = localStorage.getItem(storageKey);
    return Object.keys(languages).find((language): language is Language => language === stored);
  } catch {
    return undefined;
  }
}

/** What compares languages is fetched only where nobody has chosen one. */
async function browserLanguage(): Promise<Language> {
  const { browserLanguage } = await import('./browser-language.ts');
  return browserLanguage<Language>(['en', 'zh-CN']);
}
