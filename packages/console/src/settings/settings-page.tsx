import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { systemQuery } from '../api/system.ts';
import { Panel } from '../forms/panel.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PageHeading, PageTop } from '../shell/page-heading.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { SettingList } from './setting-list.tsx';
import { SystemFacts } from './system-facts.tsx';

/** What the server was started with, which version it is, and how it and its database are. */
export function SettingsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(systemQuery);
  return (
    <Stack gap="lg">
      <PageTop lead={t('settings.lead')}>
        <PageHeading title={t('settings.title')} />
      </PageTop>
      {error && <ErrorNotice error={error} onRetry={refetch} />}
      {!error && !data && <PageSkeleton />}
      {data && !error && (
        <>
          <Panel title={t('settings.server')}>
            <SystemFacts system={data} />
          </Panel>
          <Panel title={t('settings.variables.title')} lead={t('settings.variables.lead')}>
            <SettingList settings={data.settings} />
          </Panel>
        </>
      )}
    </Stack>
  );
}
