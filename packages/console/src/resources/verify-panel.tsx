import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { endpointsQuery } from '../applications/endpoints-query.ts';
import { Copyable } from '../forms/copyable.tsx';
import { Panel } from '../forms/panel.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { type Resource, scopesQuery } from './resources-api.ts';
import { apiSnippet } from './snippets/api-snippet.ts';

/** A back end that verifies tokens for a resource, with the addresses of this server. */
export function VerifyPanel({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  const { data: endpoints, error, refetch } = useQuery(endpointsQuery);
  const { data: scopes } = useQuery(scopesQuery(resource.id));
  return (
    <Panel title={t('resources.snippet.title')} lead={t('resources.snippet.lead')}>
      {error && <ErrorNotice error={error} onRetry={refetch} />}
      {!error && !(endpoints && scopes) && <Skeleton height={220} />}
      {endpoints && scopes && (
        <Copyable
          label="api.mjs"
          value={apiSnippet({
            issuer: endpoints.issuer,
            audience: resource.indicator,
            scope: scopes.entries[0]?.name ?? 'orders:read',
          })}
          isBlock
        />
      )}
    </Panel>
  );
}
