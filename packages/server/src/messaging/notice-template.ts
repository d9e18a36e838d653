import { chooseTemplateOnce, noticeTemplates, noticeUsageType, type Template } from '@sesame/connector-kit';
import type { ConnectorConfig, ConnectorFactory } from '../connectors/connector-factory.ts';
import type { EmailTemplates } from './email-templates.ts';
import type { Recipient } from './recipient.ts';
import { readTemplates } from './templates.ts';

/** A message without a code is sent by the template of its own usage type alone; which one, decision 0059 says. */
type Asked = { recipient: Pick<Recipient, 'channel'>; locales: readonly string[] };

/**
 * The template of a notice: the administrators' own for a mail, that of the connector, or ours where the connector is left
 * with texts and sends them as they are. Undefined where there is none: a text for codes tells nobody anything.
 */
export async function noticeTemplate(
  emailTemplates: EmailTemplates,
  { recipient: { channel }, locales }: Asked,
  { factory, config }: { factory: ConnectorFactory; config: ConnectorConfig },
): Promise<Template | undefined> {
  const own = channel === 'Email' ? await emailTemplates.choose(noticeUsageType, locales) : undefined;
  const templates = readTemplates(config.templates ?? factory.defaultTemplates);
  const ofConnector = own ?? chooseTemplateOnce(templates, noticeUsageType, locales);
  return ofConnector ?? (sendsTexts(factory, config) ? noticeTemplates[channel] : undefined);
}

/** Whoever wrote a connector, or an endpoint that messages are handed to, may know no usage type but those of codes. */
function sendsTexts({ origin }: ConnectorFactory, { templates }: ConnectorConfig): boolean {
  const generic = chooseTemplateOnce(readTemplates(templates), 'Generic');
  return origin.origin === 'built-in' && typeof generic?.content === 'string';
}
