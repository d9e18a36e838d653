import {
  canonicalLocale,
  codeUsageTypes,
  knownUsageTypes,
  knownVariables,
  lintContent,
  noticeUsageType,
  noticeVariables,
  type Template,
} from '@sesame/connector-kit';
import { closestName } from '../unknown-name.ts';
import type { ConfigIssue, ConnectorConfig } from './connector-factory.ts';

/** The usage type that carries a link; Sesame never sends it. */
const withoutCode = 'OrganizationInvitation';
/** Every template is checked by itself: the length of its text and the life of a code make no error. */
const anyPolicy = { lifetimeSeconds: 600 };

/**
 * What keeps the templates of a built-in connector from bringing codes to people: a text without the code, or with a
 * variable that nobody fills, a mail without a subject or with a line break in one of its headers, a template at the
 * provider that is handed no code, one for a language that is none, or one for a usage type that is misspelt.
 * @param own variables that the connector fills itself
 */
export function templateIssues({ templates }: ConnectorConfig, own: readonly string[] = []): ConfigIssue[] {
  if (!Array.isArray(templates)) return [];
  return templates.flatMap((template, index) => {
    const { usageType, locale, templateParams } = template;
    if (usageType === withoutCode) return [];
    const at = (key: string) => (message: string) => ({
      path: `templates.${index}.${key}`,
      message: `${usageType}: ${message}`,
    });
    return [
      ...usageTypeProblems(usageType).map(at('usageType')),
      ...localeProblems(locale).map(at('locale')),
      ...textProblems(template, own).map(({ field = 'content', message }) => at(field)(message)),
      ...(Array.isArray(templateParams) ? parameterProblems(usageType, templateParams, own) : []).map(
        at('templateParams'),
      ),
    ];
  });
}

/** Codes are sent for the types that are known; a template for one that is nearly one of them would never be sent. */
function usageTypeProblems(usageType: string): string[] {
  if (knownUsageTypes.some((known) => known === usageType)) return [];
  const meant = closestName(usageType, knownUsageTypes);
  return meant === undefined ? [] : [`There is no such usage type; did you mean ${meant}?`];
}

/** Nobody wishes what is no language, so that the template would never be sent. */
const localeProblems = (locale: unknown): string[] =>
  typeof locale !== 'string' || canonicalLocale(locale) !== undefined
    ? []
    : [`${locale.slice(0, 40)} is no language tag; write for example en or zh-CN, or leave "locale" out.`];

const textProblems = (template: Template, variables: readonly string[]) =>
  lintContent(template, { ...anyPolicy, variables }).filter(({ severity }) => severity === 'error');

function parameterProblems(usageType: string, names: unknown[], own: readonly string[]): string[] {
  const ofUsage =
    usageType === noticeUsageType
      ? [...knownVariables.filter((name) => name !== 'code'), ...noticeVariables]
      : knownVariables;
  const known: readonly string[] = [...ofUsage, ...own];
  const unknown = names.filter((name) => !known.some((each) => each === name));
  const needsCode = codeUsageTypes.some((withCode) => withCode === usageType) && !names.includes('code');
  return [
    ...(needsCode ? ['The template is handed no code; add "code" to templateParams.'] : []),
    ...unknown.map((name) => `Nothing fills the variable ${name}; there are ${known.join(', ')}.`),
  ];
}
