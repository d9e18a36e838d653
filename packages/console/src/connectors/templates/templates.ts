import {
  defaultMailsIn,
  defaultTextsIn,
  headerFields,
  type LintableTemplate,
  lintTemplates,
  noticeTemplates,
  requiredUsageTypes,
  type Template,
  type TemplateFinding,
} from '@sesame/connector-kit';
import { toText } from '../json-problem.ts';
import { type EditableTemplate, readTemplates, templatesKey } from './read-templates.ts';

/** The rules that codes follow, as far as texts have to agree with them. */
export type CodePolicy = { lifetimeSeconds: number; codeLength: number };

/** What holds until the policy is known: the server's own defaults. */
export const defaultPolicy: CodePolicy = { lifetimeSeconds: 600, codeLength: 6 };

/** What there is to say about the templates. Fields of a wrong type are left to the connector's own check. */
export function findingsOf(
  channel: string,
  templates: readonly EditableTemplate[],
  policy: CodePolicy,
  key = templatesKey,
): TemplateFinding[] {
  const written = channel === 'Email' ? templates.map(asMail) : templates;
  // Only lists have to have one for each usage type.
  return lintTemplates(written.map(toLintable), policy).filter(
    ({ rule }) => key === templatesKey || rule !== 'missing-usage-type',
  );
}

/** A mail has a subject, if only an empty one. */
const asMail = (template: EditableTemplate): EditableTemplate =>
  typeof template.content === 'string' ? { subject: '', ...template } : template;

function toLintable({ usageType, locale, contentType, templateCode, ...texts }: EditableTemplate): LintableTemplate {
  return {
    usageType,
    ...(locale !== undefined && { locale }),
    ...Object.fromEntries(textKeys.flatMap((key) => (typeof texts[key] === 'string' ? [[key, texts[key]]] : []))),
    ...((contentType === 'text/html' || contentType === 'text/plain') && { contentType }),
    ...(isFilled(templateCode) && { templateCode }),
  };
}

/** The fields that hold texts of ours; only mails have the last three. */
const textKeys = ['content', ...headerFields] as const;

/** Codes that are still empty are not shared by anything. */
function isFilled(code: unknown): code is string | Record<string, string> {
  if (typeof code === 'string') return code.trim() !== '';
  return (
    typeof code === 'object' &&
    code !== null &&
    Object.values(code).every((each) => typeof each === 'string' && each.trim())
  );
}

/**
 * How many errors there are in the JSON of a form item, whatever the rules for codes, with the codes of templates that
 * are not filled in; 0 where it holds no templates.
 */
export function errorsIn(text: string, key: string): number {
  const templates = readTemplates(text, key);
  if (!templates) return 0;
  const findings = findingsOf('Sms', templates, defaultPolicy, key);
  return findings.filter(({ severity }) => severity === 'error').length + withoutCode(templates).length;
}

/** The templates whose code at the provider is still to be filled in; each connector that has codes needs them all. */
export const withoutCode = (templates: readonly EditableTemplate[]): EditableTemplate[] =>
  templates.filter(({ templateCode }) => templateCode !== undefined && !isFilled(templateCode));

/** The indexes of the templates by usage type: those that are needed first, then the others as they come. */
export function groupByUsage(templates: readonly EditableTemplate[]): { usageType: string; indexes: number[] }[] {
  const others = templates.map(({ usageType }) => usageType).filter((each) => !isRequired(each));
  return [...requiredUsageTypes, ...new Set(others)].map((usageType) => ({
    usageType,
    indexes: [...templates.keys()].filter((index) => templates[index]?.usageType === usageType),
  }));
}

/** Whether every list of templates must have this usage type. */
export const isRequired = (usageType: string): boolean => (requiredUsageTypes as readonly string[]).includes(usageType);

/** A new template in the likeness of the others, with its text or id still to be filled in. */
export function newTemplate(
  channel: string,
  templates: readonly EditableTemplate[],
  { usageType, locale }: { usageType: string; locale?: string },
): EditableTemplate {
  const model = templates.find((template) => template.usageType === usageType) ?? templates[0];
  const ours = channel === 'Email' ? ourMail : ourText;
  const rest = Object.entries(model ?? { content: '' }).filter(([key]) => key !== 'usageType' && key !== 'locale');
  return {
    usageType,
    ...(locale && { locale }),
    ...Object.fromEntries(rest.map(([key, value]) => [key, emptied(key, value)])),
    ...(model?.content !== undefined && ours(usageType, locale)),
  };
}

/** Our mail in the language, or without one in English. */
function ourMail(usageType: string, locale = 'en') {
  const mails: readonly Template[] = [...defaultMailsIn(locale), noticeTemplates.Email];
  const { usageType: _, locale: __, ...mail } = mails.find((each) => each.usageType === usageType) ?? {};
  return mail;
}

/** Our text in the language, where there is one. */
function ourText(usageType: string, locale = '') {
  const texts: readonly Template[] = [...defaultTextsIn(locale), noticeTemplates.Sms];
  const content = texts.find((text) => text.usageType === usageType)?.content;
  return content === undefined ? undefined : { content };
}

/** A text in another language starts from ours or the one that is there, an id does not. */
function emptied(key: string, value: unknown): unknown {
  if (key !== 'templateCode') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.fromEntries(Object.keys(value).map((market) => [market, '']));
}

/**
 * The templates to start with when one connector takes over from another: the texts of the other one where both hold
 * texts, else the connector's own. Ids of templates at a provider mean nothing to another provider.
 */
export function carryOver(channel: string, own: unknown, other: unknown): { templates: unknown; isCarried: boolean } {
  const [ownTemplates, otherTemplates] = [own, other].map((value) => readTemplates(toText(value)));
  const hasTexts = (templates: EditableTemplate[] | undefined) =>
    templates !== undefined && templates.length > 0 && templates.every(({ content }) => typeof content === 'string');
  const isCarried = hasTexts(ownTemplates) && hasTexts(otherTemplates);
  if (!isCarried) return { templates: own, isCarried };
  const texts = otherTemplates?.map(({ usageType, locale, content, subject, contentType }) => ({
    usageType,
    ...(locale && { locale }),
    ...(channel === 'Email' && { subject: subject ?? '', ...(contentType !== undefined && { contentType }) }),
    content,
  }));
  return { templates: texts, isCarried };
}
