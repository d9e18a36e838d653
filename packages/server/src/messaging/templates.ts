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
export function isNamed(variable: string, templates: unknown): boolean {
  return readTemplates(templates).some(
    ({ content, subject, replyTo, sendFrom, templateParams }) =>
      [content, subject, replyTo, sendFrom].some(
        (text) => typeof text === 'string' && placeholdersOf(text).includes(variable),
      ) ||
      (Array.isArray(templateParams) && templateParams.includes(variable)),
  );
}
