import { chooseTemplateOnce, countParts, renderTemplate, type Template } from '@sesame/connector-kit';
import { LRUCache } from 'lru-cache';
import type { ConnectorFactory } from '../connectors/connector-factory.ts';
import type { MessagesTable } from '../store/tables/messages.ts';
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

/** The text of a template differs in what fills it, and in how the application is called. */
const maxTexts = 100;

/** Estimates the parts and the price of a message from what it will say. Mails have neither. */
export function createEstimate(priceOf: PriceOf) {
  const known = new WeakMap<Template, LRUCache<string, number>>();

  /** One, where the text lives at the provider. */
  function partsOf({ usage_type, locale }: MessagesTable, templates: unknown, content: MessageContent): number {
    const { words, application, link } = content;
    const template = chooseTemplateOnce(readTemplates(templates), usage_type, locale ?? []);
    const text = template?.content;
    if (!template || typeof text !== 'string') return 1;
    const hasLink = link !== undefined && isNamed('link', templates);
    // Codes are of one length; what a notice says is one of few sentences.
    const key = `${'code' in words ? words.code.length : Object.values(words).join(' ')} ${application}`;
    const counts = known.get(template) ?? new LRUCache<string, number>({ max: maxTexts });
    known.set(template, counts);
    const count = hasLink ? undefined : counts.get(key);
    if (count !== undefined) return count;
    const variables = { ...words, application: { name: application }, ...(hasLink && { link: link() }) };
    const { parts } = countParts(renderTemplate(text, variables));
    if (!hasLink) counts.set(key, parts);
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
export type Estimate = ReturnType<typeof createEstimate>;
