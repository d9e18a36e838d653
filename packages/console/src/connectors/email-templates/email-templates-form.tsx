import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Connector } from '../../api/connectors.ts';
import { takeAnswer } from '../../api/take-answer.ts';
import { SavedForm } from '../../forms/saved-form.tsx';
import { useForm } from '../../forms/use-form.ts';
import { useConnectorText } from '../../i18n/use-connector-text.ts';
import { Changeable } from '../../session/role.tsx';
import { LanguageChoice } from '../../sign-in-experience/language-choice.tsx';
import { defaultsOf } from '../draft.ts';
import { toText } from '../json-problem.ts';
import { isTemplatesItem, readTemplates, templatesKey } from '../templates/read-templates.ts';
import { useCodePolicy } from '../templates/use-code-policy.ts';
import { emailTemplatesQuery, type OwnTemplates, ownOf, saveOwn, withOwn } from './email-templates-api.ts';
import { OwnTemplateCard } from './own-template-card.tsx';
import { sentInstead } from './sent-instead.ts';

const route = getRouteApi('/signed-in/frame/connectors/email-templates');

type Stored = Parameters<typeof ownOf>[0];
type Props = {
  stored: Stored;
  fallbackLanguage: string;
  /** The live connector for mails. */
  live: Connector | null;
  usageTypes: readonly string[];
};

/** The templates of one language at a time, all of them in one form. */
export function EmailTemplatesForm({ stored, fallbackLanguage, live, usageTypes }: Props) {
  const queries = useQueryClient();
  const textOf = useConnectorText();
  const policy = useCodePolicy();
  const valuesOf = (from: Stored): { own: OwnTemplates } => ({ own: ownOf(from) });
  const form = useForm(valuesOf(stored));
  const { language: locale = fallbackLanguage } = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (language: string) =>
    void navigate({ search: { language }, replace: true, resetScroll: false, ignoreBlocker: true });
  const templates = useMemo(() => (live ? templatesOf(live) : []), [live]);
  const { own } = form.values;
  return (
    <SavedForm
      form={form}
      ownPath="/connectors/email-templates"
      read={() => queries.fetchQuery({ ...emailTemplatesQuery, staleTime: 0 })}
      save={({ start, values }) => saveOwn(start.own, values.own)}
      valuesOf={valuesOf}
      onSaved={(saved) => takeAnswer(queries, emailTemplatesQuery.queryKey, [...saved])}
    >
      <LanguageChoice language={locale} phrases={textsOf(own)} onChange={choose} />
      {usageTypes.map((usageType) => (
        <Changeable as="operator" key={usageType}>
          <OwnTemplateCard
            usageType={usageType}
            locale={locale}
            template={own[locale]?.[usageType]}
            instead={sentInstead({ usageType, locale, own, fallbackLanguage, templates })}
            connector={live ? textOf(live).name : undefined}
            policy={policy}
            onChange={(template) => form.change('own', withOwn(own, { locale, usageType }, template))}
          />
        </Changeable>
      ))}
    </SavedForm>
  );
}

/** What a connector sends: what it is configured with, or else what its form begins with. */
function templatesOf({ config, formItems }: Connector) {
  const { key } = formItems.find(isTemplatesItem) ?? { key: templatesKey };
  return readTemplates(toText(config[key] ?? defaultsOf(formItems)[key]), key) ?? [];
}

/** How many texts of one's own there are in each language, as the choice of a language counts them. */
const textsOf = (own: OwnTemplates) =>
  Object.fromEntries(
    Object.entries(own).map(([language, byType]) => [
      language,
      Object.fromEntries(Object.keys(byType).map((usageType) => [usageType, usageType])),
    ]),
  );
