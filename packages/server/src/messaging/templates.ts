import { placeholdersOf, type Template } from '@sesame/connector-kit';

/** A template of a configuration: a text of ours, or one at the provider with the variables that it is handed. */
type ConfiguredTemplate = Template & { templateParams?: unknown };

/** Configurations stay the same for many messages, and so do their templates. */
const known = {
  lists: new WeakMap<object, readonly ConfiguredTemplate[]>(),
  variables: new WeakMap<readonly ConfiguredTemplate[], ReadonlySet<unknown>>(),
  alone: new WeakMap<Template, readonly [Template]>(),
};
const none: readonly ConfiguredTemplate[] = [];

/** The templates in the configuration of any connector; an installed one may keep something else there. */
export function readTemplates(templates: unknown): readonly ConfiguredTemplate[] {
  if (!Array.isArray(templates)) return none;
  const read = known.lists.get(templates) ?? templates.filter(isTemplate);
  known.lists.set(templates, read);
  return read;
}

function isTemplate(value: unknown): value is ConfiguredTemplate {
  if (typeof value !== 'object' || value === null) return false;
  const { usageType, locale } = value as Record<string, unknown>;
  return typeof usageType === 'string' && (locale === undefined || typeof locale === 'string');
}

/** The list of one template, which is the same list each time. */
export function listOf(template: Template): readonly [Template] {
  const list = known.alone.get(template) ?? [template];
  known.alone.set(template, list);
  return list;
}

/** Whether a template names a variable, in its texts or among those that it is handed. */
export const isNamed = (variable: string, templates: unknown): boolean =>
  variablesIn(readTemplates(templates)).has(variable);

function variablesIn(templates: readonly ConfiguredTemplate[]): ReadonlySet<unknown> {
  const variables = known.variables.get(templates) ?? new Set(templates.flatMap(variablesOf));
  known.variables.set(templates, variables);
  return variables;
}

function variablesOf({ content, subject, replyTo, sendFrom, templateParams }: ConfiguredTemplate): unknown[] {
  const texts = [content, subject, replyTo, sendFrom].filter((text) => typeof text === 'string');
  return [...texts.flatMap(placeholdersOf), ...(Array.isArray(templateParams) ? templateParams : [])];
}
