/** The languages that the Console is in, and the pages before it (BCP 47). */
export const consoleLanguages = ['en', 'zh-CN'] as const;
export type ConsoleLanguage = (typeof consoleLanguages)[number];
