import type { ConnectorConfig } from '../connectors/connector-factory.ts';

/**
 * The configuration with a last line in every text of ours that ties the code to the host it is meant for, so that
 * browsers fill it in there and nowhere else. Texts that live at the provider stay as they are.
 * @see https://wicg.github.io/sms-one-time-codes/
 */
export function withOriginBoundCodes(config: ConnectorConfig, host: string): ConnectorConfig {
  if (!Array.isArray(config.templates)) return config;
  const templates = config.templates.map((template: { content?: unknown }) =>
    typeof template.content === 'string' && !hasOriginBoundCode.test(template.content)
      ? { ...template, content: `${template.content.trimEnd()}\n\n@${host} #{{code}}` }
      : template,
  );
  return { ...config, templates };
}

const hasOriginBoundCode = /(^|\n)@\S+ #\{\{\s*code\s*\}\}[^\n]*\s*$/;
