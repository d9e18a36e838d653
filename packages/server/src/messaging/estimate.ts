import { chooseTemplate, countParts, renderTemplate } from '@sesame/connector-kit';
import { LRUCache } from 'lru-cache';
import type { ConnectorFactory } from '../connectors/connector-factory.ts';
import type { MessagesTable } from '../store/schema.ts';
import type { MessageContent } from './dispatch.ts';
import { isNamed, readTemplates } from './templates.ts';

/** What an SMS is likely to cost, in millionths of a currency (ISO 4217). */
export type PriceOf = (sms: {
  /** ISO 3166-1 alpha-2; none where the number does not tell it. */
  country: string | undefined;
  /** The connector that sends it. */
  factoryId: string;
  parts: number;
}) => Promise<{ cost: number; currency: string }>;

/** Texts differ in their codes, which are of one length. */
const maxTexts = 500;

/** Estimates the parts and the price of a message from what it will say. Mails have neither. */
export function createEstimate(priceOf: PriceOf) {
  const known = new LRUCache<string, number>({ max: maxTexts });

  /** One, where the text lives at the provider. */
  function partsOf({ usage_type, locale }: MessagesTable, templates: unknown, content: MessageContent): number {
    const { code, application, link } = content;
    const text = chooseTemplate(readTemplates(templates), usage_type, locale ?? [])?.content;
    if (typeof text !== 'string') return 1;
    const hasLink = link !== undefined && isNamed('link', templates);
    const key = JSON.stringify([text, code.length, application]);
    const count = hasLink ? undefined : known.get(key);
    if (count !== undefined) return count;
    const variables = { code, application: { name: application }, ...(hasLink && { link: link() }) };
    const { parts } = countParts(renderTemplate(text, variables));
    if (!hasLink) known.set(key, parts);
    return parts;
  }

  return async function estimate(
    message: MessagesTable,
    { metadata, type, defaultTemplates }: ConnectorFactory,
    templates: unknown,
    content: MessageContent,
  ): Promise<Partial<MessagesTable>> {
    if (type !== 'Sms') return {};
    const parts = partsOf(message, templates ?? defaultTemplates, content);
    const price = await priceOf({ country: message.country ?? undefined, factoryId: metadata.id, parts });
    return { estimated_parts: parts, cost: price.cost, cost_currency: price.currency, cost_is_estimated: 1 };
  };
}
