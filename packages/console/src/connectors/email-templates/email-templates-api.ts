import { defaultMailsIn, defaultTextLocales, matchLocale, noticeTemplates, type Template } from '@sesame/connector-kit';
import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client.ts';
import type { paths } from '../../api/schema.d.ts';
import type { EditableTemplate } from '../templates/read-templates.ts';

type Operations = paths['/api/email-templates'];
type Stored = Operations['get']['responses'][200]['content']['application/json'][number];
type Put = NonNullable<Operations['put']['requestBody']>['content']['application/json']['templates'][number];

/** The texts of mails of the administrators' own, as `own.de.SignIn`. */
export type OwnTemplates = Readonly<Record<string, Readonly<Record<string, EditableTemplate>>>>;

/** The templates that are stored. */
export const emailTemplatesQuery = queryOptions({
  queryKey: ['email-templates'],
  queryFn: () => unwrap(api.GET('/api/email-templates')),
});

/** The templates by language and usage type. */
export function ownOf(stored: readonly Stored[]): OwnTemplates {
  const byLanguage = Map.groupBy(stored, ({ languageTag }) => languageTag);
  return Object.fromEntries(
    [...byLanguage].map(([locale, templates]) => [
      locale,
      Object.fromEntries(
        templates.map(({ templateType: usageType, details }) => [usageType, { usageType, locale, ...details }]),
      ),
    ]),
  );
}

/** The templates with another one for a usage type in a language, or without it. */
export function withOwn(
  own: OwnTemplates,
  { locale, usageType }: { locale: string; usageType: string },
  template: EditableTemplate | undefined,
): OwnTemplates {
  const { [usageType]: _, ...others } = own[locale] ?? {};
  const next = template ? { ...others, [usageType]: template } : others;
  const { [locale]: __, ...languages } = own;
  return Object.keys(next).length > 0 ? { ...languages, [locale]: next } : languages;
}

/** Our text for a usage type in a language, to begin with; in English where we do not have the language. */
export function ourText(usageType: string, locale: string): EditableTemplate {
  const mails: readonly Template[] = [
    ...defaultMailsIn(matchLocale([locale], defaultTextLocales) ?? 'en'),
    noticeTemplates.Email,
  ];
  const mail = mails.find((each) => each.usageType === usageType) ?? mails.find((each) => each.usageType === 'Generic');
  return { ...mail, usageType, locale };
}

/** Every template with its place. */
const each = (own: OwnTemplates) => Object.values(own).flatMap((byType) => Object.values(byType));
const at = (own: OwnTemplates, { locale = '', usageType }: EditableTemplate) => own[locale]?.[usageType];

/** Stores what differs; what others changed elsewhere stays. @returns what is stored then @throws ApiError */
export async function saveOwn(before: OwnTemplates, after: OwnTemplates): Promise<Stored[]> {
  const changed = each(after).filter((one) => JSON.stringify(at(before, one)) !== JSON.stringify(one));
  const removed = each(before).filter((one) => !at(after, one));
  if (changed.length + removed.length > 0) {
    const body = { templates: changed.map(toPut), removed: removed.map(placeOf) };
    await unwrap(api.PUT('/api/email-templates', { body }));
  }
  return unwrap(api.GET('/api/email-templates'));
}

const placeOf = ({ usageType, locale = '' }: EditableTemplate) =>
  ({ languageTag: locale, templateType: usageType }) as Pick<Put, 'languageTag' | 'templateType'>;

function toPut(template: EditableTemplate): Put {
  const { usageType: _, locale: __, ...details } = template;
  const filled = Object.entries(details).filter(([key, value]) => key === 'subject' || key === 'content' || value);
  return { ...placeOf(template), details: Object.fromEntries(filled) } as Put;
}
