import { chooseTemplate, matchLocale, type Template, translationOf } from '@sesame/connector-kit';
import type { EditableTemplate } from '../templates/read-templates.ts';
import type { OwnTemplates } from './email-templates-api.ts';

/** Where the text comes from that is sent where there is no template for a language. */
export type Instead = { from: 'own' | 'connector' | 'ours'; template: EditableTemplate };

type Asked = {
  usageType: string;
  locale: string;
  own: OwnTemplates;
  fallbackLanguage: string;
  /** Of the live connector; not every one has texts. */
  templates: readonly EditableTemplate[];
};

/** What people of a language get for a usage type, chosen as the server chooses; nothing where nobody can tell. */
export function sentInstead({ usageType, locale, own, fallbackLanguage, templates }: Asked): Instead | undefined {
  const languages = Object.keys(own).filter((language) => own[language]?.[usageType]);
  const met = matchLocale([locale], languages) ?? matchLocale([fallbackLanguage], languages);
  const template = met && own[met]?.[usageType];
  if (template) return { from: 'own', template };
  const ofConnector = chooseTemplate(templates as readonly Template[], usageType, [locale]);
  const ours = ofConnector && translationOf(ofConnector, [locale]);
  if (ours) return { from: 'ours', template: ours as EditableTemplate };
  return ofConnector && { from: 'connector', template: ofConnector as EditableTemplate };
}
