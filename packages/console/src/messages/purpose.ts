import type { TFunction } from 'i18next';
import { usageName } from '../i18n/usage-text.ts';
import { isTest, type Message } from './messages-api.ts';

/** What a message is for: its usage type, or a test of it. */
export function purposeOf(t: TFunction, message: Message): string {
  const usageType = usageName(t, message.usageType);
  return isTest(message) ? t('messages.testOf', { usageType }) : usageType;
}
