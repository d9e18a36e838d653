import { requiredUsageTypes, type TemplateFinding } from '@sesame/connector-kit';
import i18next, { type TFunction } from 'i18next';
import { listText } from '../../i18n/list-text.ts';
import { usageName } from '../../i18n/usage-text.ts';
import type { EditableTemplate } from './read-templates.ts';
import { partsOf } from './sample.ts';
import type { CodePolicy } from './templates.ts';

/** A finding in the person's language. */
export function findingText(
  t: TFunction,
  finding: TemplateFinding,
  { templates, policy }: { templates: readonly EditableTemplate[]; policy: CodePolicy },
): string {
  const { rule, excerpt = '', templateIndex = -1 } = finding;
  const template = templates[templateIndex];
  const usageType = usageName(t, template?.usageType ?? '');
  switch (rule) {
    case 'code-missing':
      return t(`connectors.findings.${excerpt === '' ? rule : 'code-missing-written'}`, { excerpt });
    case 'code-repeated':
    case 'origin-bound-code':
    case 'subject-missing':
    case 'mail-without-text':
    case 'mail-too-large':
    case 'active-content':
    case 'remote-content':
    case 'shared-template':
      return t(`connectors.findings.${rule}`);
    case 'unknown-placeholder':
    case 'malformed-placeholder':
    case 'malformed-locale':
      return t(`connectors.findings.${rule}`, { excerpt });
    case 'header-line-break':
      return t(`connectors.findings.${rule}`, { field: finding.field ?? 'subject' });
    case 'lifetime-mismatch': {
      const count = round(policy.lifetimeSeconds / 60);
      return t('connectors.findings.lifetime-mismatch', { excerpt, count });
    }
    case 'several-parts': {
      const { parts } = partsOf(String(template?.content ?? ''), policy);
      const key = excerpt === '' ? 'several-parts' : 'several-parts-by-character';
      return t(`connectors.findings.${key}`, { count: parts, excerpt });
    }
    case 'duplicate-template':
      return t(`connectors.findings.${rule}`, { usageType });
    case 'missing-usage-type':
      return t('connectors.findings.missing-usage-type', {
        usageTypes: listText(
          i18next.language,
          missingOf(templates).map((each) => usageName(t, each)),
        ),
      });
  }
}

/** Findings with the template that each is about, in the person's language; what several say alike is said once. */
export function distinctFindings(
  t: TFunction,
  findings: readonly TemplateFinding[],
  about: { templates: readonly EditableTemplate[]; policy: CodePolicy },
): { finding: TemplateFinding; place: string; text: string }[] {
  const told = findings.map((finding) => {
    const { usageType = '', locale } = about.templates[finding.templateIndex ?? -1] ?? {};
    const place = [usageName(t, usageType), locale].filter(Boolean).join(' · ');
    return { finding, place, text: findingText(t, finding, about) };
  });
  return [...new Map(told.map((each) => [`${each.place} ${each.text}`, each])).values()];
}

const round = (minutes: number) => Math.round(minutes * 100) / 100;

function missingOf(templates: readonly EditableTemplate[]): string[] {
  return requiredUsageTypes.filter((needed) => templates.every(({ usageType }) => usageType !== needed));
}
