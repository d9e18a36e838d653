import type { mails as english } from '../en/mails.ts';
import type { TranslationOf } from '../translation.ts';

/** 收件人看到的邮件。 */
export const mails: TranslationOf<typeof english> = { scheme: '邮件外观', light: '浅色', dark: '深色', frame: '邮件' };
