import { chooseLocale, type UsageType } from '@sesame/connector-kit';
import { newId, type Platform } from '../platform.ts';
import type { MessagesTable } from '../store/tables/messages.ts';
import type { Recipient } from './recipient.ts';
import { readTemplates } from './templates.ts';

/** Whom a message goes to, what for, and in which languages at best (BCP 47). */
export type Wish = { recipient: Recipient; usageType: UsageType; locales: readonly string[] };

/** The record of a message that is about to be sent. @param templates those that it can be made from */
export function newMessage(
  { recipient, usageType, locales, now }: Wish & { now: number },
  templates: unknown,
  platform: Platform,
): MessagesTable {
  return {
    id: newId(platform),
    recipient: recipient.key,
    country: recipient.country ?? null,
    usage_type: usageType,
    locale: chooseLocale(readTemplates(templates), usageType, locales) ?? null,
    factory_id: null,
    connector_id: null,
    state: 'sending',
    provider_message_id: null,
    error: null,
    created_at: now,
    updated_at: now,
    verified_at: null,
  };
}
