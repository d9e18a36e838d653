import { List, Stack } from '@mantine/core';
import { codeUsageTypes, noticeUsageType } from '@sesame/connector-kit';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { liveConnectorQuery } from '../../api/connectors.ts';
import { Panel } from '../../forms/panel.tsx';
import { useConnectorText } from '../../i18n/use-connector-text.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { PageLink } from '../../shell/links.tsx';
import { PageHeading, PageTop } from '../../shell/page-heading.tsx';
import { PageSkeleton } from '../../shell/page-skeleton.tsx';
import { experienceQuery } from '../../sign-in-experience/experience-api.ts';
import { languageName } from '../../sign-in-experience/page-languages.ts';
import { emailTemplatesQuery } from './email-templates-api.ts';
import { EmailTemplatesForm } from './email-templates-form.tsx';

const usageTypes = [...codeUsageTypes, noticeUsageType];

/** The administrators' own texts of mails, for every connector: which text is sent, and one for each language. */
export function EmailTemplatesPage() {
  const { t } = useTranslation();
  const textOf = useConnectorText();
  const queries = [
    useQuery(emailTemplatesQuery),
    useQuery(experienceQuery),
    useQuery(liveConnectorQuery('Email')),
  ] as const;
  const [{ data: stored }, { data: experience }, { data: live }] = queries;
  const failed = queries.find(({ error }) => error);
  if (failed?.error) return <ErrorNotice error={failed.error} onRetry={failed.refetch} />;
  if (!stored || !experience || live === undefined) return <PageSkeleton />;
  const { fallbackLanguage } = experience.languageInfo;
  return (
    <Stack>
      <div>
        <PageLink to="/connectors" size="sm">
          {t('connectors.back')}
        </PageLink>
      </div>
      <PageTop lead={t('connectors.emailTemplates.lead')}>
        <PageHeading title={t('connectors.emailTemplates.title')} />
      </PageTop>
      <Panel title={t('connectors.emailTemplates.which')}>
        <List type="ordered" size="sm" spacing={4}>
          <List.Item>{t('connectors.emailTemplates.first')}</List.Item>
          <List.Item>
            {t('connectors.emailTemplates.second', { language: languageName(fallbackLanguage) })}{' '}
            <PageLink to="/sign-in-experience" search={{ tab: 'content' }} underline="always" size="sm">
              {t('connectors.emailTemplates.toLanguage')}
            </PageLink>
          </List.Item>
          <List.Item>
            {t('connectors.emailTemplates.third')}{' '}
            {live && (
              <PageLink
                to="/connectors/$id"
                params={{ id: live.id }}
                search={{ tab: 'templates' }}
                underline="always"
                size="sm"
              >
                {t('connectors.emailTemplates.toConnector', { name: textOf(live).name })}
              </PageLink>
            )}
          </List.Item>
        </List>
      </Panel>
      <EmailTemplatesForm stored={stored} fallbackLanguage={fallbackLanguage} live={live} usageTypes={usageTypes} />
    </Stack>
  );
}
