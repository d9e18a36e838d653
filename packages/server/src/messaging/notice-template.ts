import { chooseTemplateOnce, noticeTemplates, noticeUsageType, type Template } from '@sesame/connector-kit';
import type { ConnectorConfig, ConnectorFactory } from '../connectors/connector-factory.ts';
import type { EmailTemplates } from './email-templates.ts';
import type { Recipient } from './recipient.ts';
import { readTemplates } from './templates.ts';

/** A message without a code is sent by the template of its own usage type alone; which one, decision 0059 says. */
type Asked = { recipient: Pick<Recipient, 'channel'>; locales: readonly string[] };

/**
 * The template of a notice: the administrators' own for a mail, that of the connector, or ours where the connector takes
 * texts of ours. Undefined where there is none: a text for codes tells nobody anything.
 */
export async function noticeTemplate(
  emailTemplates: EmailTemplates,
  { recipient: { channel }, locales }: Asked,
  { factory, config }: { factory: ConnectorFactory; config: ConnectorConfig },
): Promise<Template | undefined> {
  const own = channel === 'Email' ? await emailTemplates.choose(noticeUsageType, locales) : undefined;
  if (own) return own;
  const given = factory.templatesOf ? factory.templatesOf(config) : readTemplates(config.templates);
  const ofConnector = chooseTemplateOnce(given ?? readTemplates(factory.defaultTemplates), noticeUsageType, locales);
  return ofConnector ?? (takesOurs(factory, given) ? noticeTemplates[channel] : undefined);
}

/**
 * Mails can be written here whatever the provider keeps; SMS only where those with codes are. Whoever wrote an installed
 * connector, or an endpoint that gets no texts, may know no usage type but those of codes.
 */
function takesOurs({ origin, type }: ConnectorFactory, given: readonly Template[] | undefined): boolean {
  if (origin.origin !== 'built-in' || !given) return false;
  return type === 'Email' || typeof chooseTemplateOnce(given, 'Generic')?.content === 'string';
}
