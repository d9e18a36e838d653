import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Copyable } from '../forms/copyable.tsx';
import { Panel } from '../forms/panel.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { endpointsQuery } from './endpoints-query.ts';
import { sendCodeSnippet } from './snippet.ts';

/** Commands that send a code, with the addresses of this server. */
export function Snippet({ id, secret }: { id: string; secret?: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(endpointsQuery);
  if (error) return <ErrorNotice error={error} onRetry={refetch} />;
  if (!data) return <Skeleton height={220} />;
  return <Copyable label={t('applications.snippet.label')} value={sendCodeSnippet(data, { id, secret })} isBlock />;
}

/** The same on the page of an application, where its secret is not known any more. */
export function SnippetPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('applications.snippet.title')} lead={t('applications.snippet.lead')}>
      <Snippet id={id} />
    </Panel>
  );
}
