import { canonicalLocale } from './locale.ts';
import { lintMail } from './mail-lint.ts';
import { codeUsageTypes, knownUsageTypes, requiredUsageTypes, type Template } from './template.ts';
import { lintText, type TextFinding, type TextPolicy } from './text-lint.ts';

/** What is wrong or doubtful about a template. An error means that codes will not arrive or cannot be read. */
export type TemplateFinding = TextFinding & {
  /** Index in the list; absent where the finding is about the list. */
  templateIndex?: number;
};

/** A template as configurations hold it; `templateCode` names a text at the provider, or one for each of its markets. */
export type LintableTemplate = Template & { templateCode?: string | Record<string, string> };

/**
 * Checks a list of templates against the policy for codes. Rules on the text skip templates that live at the provider.
 * Findings come in the order of the templates, those about the whole list last.
 * @example lintTemplates([{ usageType: 'SignIn', content: 'Hello' }], { lifetimeSeconds: 600 })
 */
export function lintTemplates(templates: readonly LintableTemplate[], policy: TextPolicy): TemplateFinding[] {
  const ofTemplates = templates.flatMap((template, templateIndex) =>
    [
      ...(carriesNoCode(template) ? [] : lintContent(template, policy)),
      ...findMalformedLocale(template),
      ...findDuplicate(templates, templateIndex),
      ...findShared(templates, templateIndex),
    ].map((finding) => ({ templateIndex, ...finding })),
  );
  return [...ofTemplates, ...findMissing(templates)];
}

/** What there is to say of the texts of a template alone: of a mail's, where it has what only mails have. */
export function lintContent(template: Template, policy: TextPolicy): TextFinding[] {
  if (template.content === undefined) return [];
  return isMail(template) ? lintMail(template, policy) : lintText(template.content, policy);
}

const isMail = ({ subject, contentType }: Template) => subject !== undefined || contentType !== undefined;

/** An invitation holds a link. */
const carriesNoCode = ({ usageType }: LintableTemplate): boolean =>
  knownUsageTypes.some((known) => known === usageType) && !codeUsageTypes.some((known) => known === usageType);

function findMissing(templates: readonly LintableTemplate[]): TemplateFinding[] {
  return requiredUsageTypes
    .filter((usageType) => !templates.some((template) => template.usageType === usageType))
    .map((usageType) => ({
      severity: 'error',
      rule: 'missing-usage-type',
      message: `Add a template for ${usageType}.`,
    }));
}

function findMalformedLocale({ locale = '' }: LintableTemplate): TextFinding[] {
  if (locale === '' || canonicalLocale(locale) !== undefined) return [];
  const message = `${locale} is no language tag, so that nobody wishes it; write for example en or zh-CN.`;
  return [{ severity: 'error', rule: 'malformed-locale', message, excerpt: locale }];
}

function findDuplicate(templates: readonly LintableTemplate[], index: number): TextFinding[] {
  const keyOf = ({ usageType, locale = '' }: LintableTemplate) => `${usageType}\n${canonicalLocale(locale) ?? locale}`;
  const template = templates[index];
  if (!template || !templates.slice(0, index).some((earlier) => keyOf(earlier) === keyOf(template))) return [];
  const language = template.locale ? ` in ${template.locale}` : '';
  const message = `There is already a template for ${template.usageType}${language}; this one is never sent.`;
  return [{ severity: 'warning', rule: 'duplicate-template', message }];
}

/** One template for two usage types gives one more messages than a provider of SMS may let through. */
function findShared(templates: readonly LintableTemplate[], index: number): TextFinding[] {
  const template = templates[index];
  if (!template || isMail(template)) return [];
  const own = new Set(identitiesOf(template));
  const other = templates
    .slice(0, index)
    .find((earlier) => earlier.usageType !== template.usageType && identitiesOf(earlier).some((id) => own.has(id)));
  if (!other) return [];
  const message = `${template.usageType} shares its template with ${other.usageType}; providers may throttle it. Give each usage type one of its own.`;
  return [{ severity: 'warning', rule: 'shared-template', message }];
}

function identitiesOf({ content, templateCode }: LintableTemplate): string[] {
  const codes = typeof templateCode === 'string' ? [templateCode] : Object.values(templateCode ?? {});
  return [
    ...codes.map((code) => `code:${code.trim()}`),
    ...(content === undefined ? [] : [`text:${content.trim().replace(/\s+/g, ' ')}`]),
  ];
}
