import i18next, { type DefaultNamespace, type Namespace } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { TextKey, TextValues } from './text-key.ts';

/** The languages of the Console, by tag. */
export const languages = { en: 'English', 'zh-CN': '简体中文' } as const;
export type Language = keyof typeof languages;

const storageKey = 'sesame.language';

/** Each language is fetched only when it is shown, and what the first page does not show only after that page. */
const catalogues: Record<Language, Record<Part, () => Promise<object>>> = {
  en: {
    first: async () => (await import('./en-first.ts')).first,
    rest: async () => (await import('./en-rest.ts')).rest,
  },
  'zh-CN': {
    first: async () => (await import('./zh-cn-first.ts')).first,
    rest: async () => (await import('./zh-cn-rest.ts')).rest,
  },
};
type Part = 'first' | 'rest';

declare module 'i18next' {
  // What texts there are, our own signature says: that of the package takes half of the time of all type checks.
  interface CustomTypeOptions {
    enableSelector: true;
  }
  interface TFunction<Ns extends Namespace = DefaultNamespace, KPrefix = undefined> {
    // biome-ignore lint/style/useShorthandFunctionType: the interface adds to that of the package
    <const Key extends TextKey>(key: Key, ...values: TextValues<Key>): string;
  }
}

/** Starts with the language that was chosen before, else the first one of the browser's that the Console speaks. */
export async function startTranslations(): Promise<void> {
  await i18next.use(initReactI18next).init({
    // Texts that come later are shown when they come.
    react: { bindI18nStore: 'added' },
    resources: {},
    fallbackLng: false,
    interpolation: { escapeValue: false, prefix: '%{', suffix: '}' },
  });
  await showLanguage(storedLanguage() ?? (await browserLanguage()));
}

/** Switches to a language and remembers it. @throws where its texts cannot be fetched, and all stays as it was */
export async function chooseLanguage(language: Language): Promise<void> {
  await showLanguage(language);
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Without storage the choice lasts until the page is closed.
  }
}

async function showLanguage(language: Language): Promise<void> {
  await add(language, 'first');
  // Who has chosen a language is on a page already, whichever it is.
  if (i18next.language !== undefined) await add(language, 'rest');
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** The texts of all pages but the first: every other page waits for them. */
export const restOfTexts = (): Promise<void> => add(i18next.language as Language, 'rest');

const added = new Map<string, Promise<void>>();

/** Once; what could not be fetched is tried again, where the browser has not kept that it could not. */
function add(language: Language, part: Part): Promise<void> {
  const key = `${language} ${part}`;
  const adding =
    added.get(key) ??
    catalogues[language][part]().then((texts) => {
      i18next.addResourceBundle(language, 'translation', texts, true);
    });
  added.set(key, adding);
  adding.catch(() => added.delete(key));
  return adding;
}

function storedLanguage(): Language | undefined {
  try {
    const stored = localStorage.getItem(storageKey);
    return Object.keys(languages).find((language): language is Language => language === stored);
  } catch {
    return undefined;
  }
}

/** What compares languages is fetched only where nobody has chosen one, and the browser's first is none of these. */
async function browserLanguage(): Promise<Language> {
  const [first = ''] = navigator.languages;
  const spoken = (Object.keys(languages) as Language[]).find((tag) => first === tag || first.startsWith(`${tag}-`));
  if (spoken) return spoken;
  const { browserLanguage } = await import('./browser-language.ts');
  return browserLanguage<Language>(['en', 'zh-CN']);
}
