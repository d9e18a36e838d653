import { placeholdersOf, type Template } from '@sesame/connector-kit';

/** A template of a configuration: a text of ours, or one at the provider with the variables that it is handed. */
type ConfiguredTemplate = Template & { templateParams?: unknown };

/** The templates in the configuration of any connector; an installed one may keep something else there. */
export function readTemplates(templates: unknown): ConfiguredTemplate[] {
  return Array.isArray(templates) ? templates.filter(isTemplate) : [];
}

function isTemplate(value: unknown): value is ConfiguredTemplate {
  if (typeof value !== 'object' || value === null) return false;
  const { usageType, locale } = value as Record<string, unknown>;
  return typeof usageType === 'string' && (locale === undefined || typeof locale === 'string');
}

/** Whether a template names a variable, in its texts or among those that it is handed. */
export const isNamed = (variable: string, templates: unknown): boolean =>
  readTemplates(templates).some((template) => variablesOf(template).has(variable));

/** Templates stay the same for many messages. */
const known = new WeakMap<ConfiguredTemplate, Set<unknown>>();

function variablesOf(template: ConfiguredTemplate): Set<unknown> {
  const { content, subject, replyTo, sendFrom, templateParams } = template;
  let variables = known.get(template);
  if (!variables) {
    const texts = [content, subject, replyTo, sendFrom].filter((text) => typeof text === 'string');
    variables = new Set([...texts.flatMap(placeholdersOf), ...(Array.isArray(templateParams) ? templateParams : [])]);
    known.set(template, variables);
  }
  return variables;
}
