/** The languages that the pages are in. */
export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];
