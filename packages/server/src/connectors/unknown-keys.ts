import type { Channel } from '@sesame/connector-kit';
import { unknownName } from '../unknown-name.ts';
import type { ConfigIssue, ConnectorConfig } from './connector-factory.ts';

/** What templates of built-in connectors of a channel hold; which of these a connector takes, its own guard says. */
const templateKeys: Record<Channel, readonly string[]> = {
  Sms: ['usageType', 'locale', 'content', 'templateCode', 'templateParams', 'type'],
  Email: ['usageType', 'locale', 'subject', 'content', 'contentType', 'type', 'replyTo', 'sendFrom', 'templateAlias'],
};

/** Keys of a configuration that no field of its connector's form has: what they were to do would silently not happen. */
export function unknownKeys(channel: Channel, config: ConnectorConfig, known: readonly string[]): ConfigIssue[] {
  const { templates } = config;
  return [
    ...keysBeside(known, config, ''),
    ...(Array.isArray(templates) ? templates : []).flatMap((template, index) =>
      typeof template === 'object' && template !== null
        ? keysBeside(templateKeys[channel], template, `templates.${index}.`)
        : [],
    ),
  ];
}

const keysBeside = (known: readonly string[], given: object, path: string): ConfigIssue[] =>
  Object.keys(given)
    .filter((key) => !known.includes(key))
    .map((key) => ({ path: path + key, message: unknownName(key, known) }));
