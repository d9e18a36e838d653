import { Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Copyable } from '../forms/copyable.tsx';
import { Panel } from '../forms/panel.tsx';
import { Allowed } from '../session/role.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { ButtonLink, PageLink } from '../shell/links.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { ResourceForm } from './resource-form.tsx';
import { isManagementApi, type Resource, resourceQuery } from './resources-api.ts';
import { ScopesPanel } from './scopes-panel.tsx';
import { VerifyPanel } from './verify-panel.tsx';

const route = getRouteApi('/signed-in/frame/resources/$id');

/** A resource: what tokens are asked for by, what can be changed, its scopes, and how the API verifies tokens. */
export function ResourcePage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery(resourceQuery(id));
  return (
    <Stack>
      <div>
        <PageLink to="/resources" size="sm">
          {t('resources.back')}
        </PageLink>
      </div>
      {data ? <Details of={data} /> : error ? <ErrorNotice error={error} onRetry={refetch} /> : <PageSkeleton />}
    </Stack>
  );
}

function Details({ of }: { of: Resource }) {
  const { t } = useTranslation();
  const isOwn = !isManagementApi(of);
  return (
    <>
      <PageHeading title={of.name} style={{ overflowWrap: 'anywhere' }} />
      <Panel
        title={t('resources.indicator.title')}
        lead={t(isOwn ? 'resources.indicator.lead' : 'resources.indicator.own')}
      >
        <Copyable label={t('resources.fields.indicator')} value={of.indicator} />
      </Panel>
      {isOwn && <ResourceForm key={of.id} resource={of} />}
      <ScopesPanel resource={of} />
      {isOwn && <VerifyPanel resource={of} />}
      {isOwn && (
        <Allowed as="operator">
          <Panel title={t('resources.delete.open')} lead={t('resources.delete.lead')}>
            <Group>
              <ButtonLink variant="outline" color="red" to="/resources/$id/delete" params={{ id: of.id }}>
                {t('resources.delete.open')}
              </ButtonLink>
            </Group>
          </Panel>
        </Allowed>
      )}
      <Outlet />
    </>
  );
}
