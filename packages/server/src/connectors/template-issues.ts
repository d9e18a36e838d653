import { codeUsageTypes, knownVariables, lintText } from '@sesame/connector-kit';
import type { ConfigIssue, ConnectorConfig } from './connector-factory.ts';

/** The usage type that carries a link; Sesame never sends it. */
const withoutCode = 'OrganizationInvitation';
/** Every template is checked by itself: the length of its text and the life of a code make no error. */
const anyPolicy = { lifetimeSeconds: 600 };

/**
 * What keeps the templates of a built-in connector from bringing codes to people: a text without the code, or with a
 * variable that nobody fills, or a template at the provider that is handed no code.
 */
export function templateIssues({ templates }: ConnectorConfig): ConfigIssue[] {
  if (!Array.isArray(templates)) return [];
  return templates.flatMap(({ usageType, content, templateParams }, index) => {
    if (usageType === withoutCode) return [];
    const at = (key: string) => (message: string) => ({
      path: `templates.${index}.${key}`,
      message: `${usageType}: ${message}`,
    });
    return [
      ...(typeof content === 'string' ? textProblems(content) : []).map(at('content')),
      ...(Array.isArray(templateParams) ? parameterProblems(usageType, templateParams) : []).map(at('templateParams')),
    ];
  });
}

const textProblems = (content: string): string[] =>
  lintText(content, anyPolicy)
    .filter(({ severity }) => severity === 'error')
    .map(({ message }) => message);

function parameterProblems(usageType: string, names: unknown[]): string[] {
  const unknown = names.filter((name) => !knownVariables.some((known) => known === name));
  const needsCode = codeUsageTypes.some((known) => known === usageType) && !names.includes('code');
  return [
    ...(needsCode ? ['The template is handed no code; add "code" to templateParams.'] : []),
    ...unknown.map((name) => `Nothing fills the variable ${name}; there are ${knownVariables.join(', ')}.`),
  ];
}
