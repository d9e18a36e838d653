import { describe, expect, test } from 'vitest';
import {
  defaultContentTemplates,
  defaultTemplatesOfAllLanguages,
  defaultTextLocales,
  defaultTextsIn,
} from './default-texts.ts';
import { countParts } from './message-parts.ts';
import { chooseTemplate, codeUsageTypes } from './template.ts';
import { lintTemplates } from './template-lint.ts';

describe.each(defaultTextLocales)('our texts in %s', (locale) => {
  const templates = defaultTextsIn(locale);

  test('are for every usage type that English has, each once, with nothing for lint to say', () => {
    expect(templates.map(({ usageType }) => usageType)).toEqual(
      defaultContentTemplates.map(({ usageType }) => usageType),
    );
    expect(new Set(templates.map(({ content }) => content)).size).toBe(templates.length);
    expect(lintTemplates(templates, { lifetimeSeconds: 600 })).toEqual([]);
  });

  test('each take one SMS, and say the minutes where lint reads them', () => {
    for (const { content } of templates) {
      expect(countParts(content.replace('{{code}}', '123456')).parts).toBe(1);
      const findings = lintTemplates([{ usageType: 'Generic', content }], { lifetimeSeconds: 300 });
      expect(findings.map(({ rule }) => rule)).toContain('lifetime-mismatch');
    }
  });
});

test('there is a text for each usage type that a code is for, and English where a language has none', () => {
  for (const usageType of codeUsageTypes) {
    expect(chooseTemplate(defaultTemplatesOfAllLanguages, usageType, ['uk-UA', 'en'])?.locale).toBe('uk');
    expect(chooseTemplate(defaultTemplatesOfAllLanguages, usageType, ['sw'])?.locale).toBeUndefined();
  }
  expect(defaultTextsIn('tlh')).toEqual([]);
});
