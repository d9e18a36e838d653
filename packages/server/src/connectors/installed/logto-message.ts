import type { SendMessageData } from '@sesame/connector-kit';
import type { ConnectorConfig } from '../connector-factory.ts';

/**
 * As Logto calls its connectors: numbers have no plus. Some hand the values of the payload to the provider in their
 * order, so the code comes first; and some know no fallback to Generic.
 */
export function asLogtoSends({ to, type, payload }: SendMessageData, { templates }: ConnectorConfig) {
  const { code, locale, ...others } = payload;
  const isCovered = !Array.isArray(templates) || templates.some((template) => template?.usageType === type);
  return {
    to: to.replace(/^\+/, ''),
    type: isCovered ? type : 'Generic',
    payload: { code, ...others, ...(locale && { locale }) },
  };
}

/** The administrators' own template for a mail, as Logto hands it over beside the configuration. */
export function logtoTemplateOf({ template }: SendMessageData) {
  if (!template) return undefined;
  const { usageType: _, locale: __, ...details } = template;
  return details;
}
