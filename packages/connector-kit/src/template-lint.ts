import { canonicalLocale } from './locale.ts';
import { lintMail } from './mail-lint.ts';
import { noticeWords } from './notice-words.ts';
import { noticeVariables } from './notices.ts';
import { noticeUsageType, requiredUsageTypes, type Template } from './template.ts';
import { headerFields, lintText, type TextFinding, type TextPolicy } from './text-lint.ts';

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
      ...(isInvitation(template) ? [] : lintContent(template, policy)),
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
  if (template.usageType === noticeUsageType) return lintNotice({ ...template, content: template.content }, policy);
  return lintWords(template, policy);
}

const lintWords = (template: Template, policy: TextPolicy): TextFinding[] =>
  isMail(template) ? lintMail(template, policy) : lintText(template.content ?? '', policy);

const code = /\{\{\s*code\s*\}\}/;

/** What is about codes is nothing to a notice, but that there is none. */
function lintNotice(template: Template & { content: string }, policy: TextPolicy): TextFinding[] {
  const variables = [...(policy.variables ?? []), ...noticeVariables];
  const sample = { ...noticeWords('email-changed', 'user', ['en']) };
  const findings = lintWords(template, { ...policy, variables, sample }).filter(({ rule }) => !rulesOfCodes.has(rule));
  const places = [undefined, ...headerFields].flatMap((field): TextFinding[] => {
    const text = template[field ?? 'content'] ?? '';
    const { 0: excerpt, index: position } = code.exec(text) ?? {};
    if (excerpt === undefined || position === undefined) return [];
    const message = `Nothing fills ${excerpt}: a notice brings no code.`;
    return [{ severity: 'error', rule: 'unknown-placeholder', message, ...(field && { field }), position, excerpt }];
  });
  return [...places, ...findings];
}

const rulesOfCodes = new Set<TextFinding['rule']>(['code-missing', 'code-repeated', 'lifetime-mismatch']);

const isMail = ({ subject, contentType }: Template) => subject !== undefined || contentType !== undefined;

/** An invitation holds a link, which nothing fills here. */
const isInvitation = ({ usageType }: LintableTemplate): boolean => usageType === 'OrganizationInvitation';

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
