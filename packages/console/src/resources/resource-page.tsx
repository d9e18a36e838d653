import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Copyable } from '../forms/copyable.tsx';
import { Panel } from '../forms/panel.tsx';
import { Allowed } from '../session/role.tsx';
import { DetailPage } from '../shell/detail-page.tsx';
import { ButtonLink, PageLink } from '../shell/links.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { ResourceForm } from './resource-form.tsx';
import { isManagementApi, type Resource, resourceQuery } from './resources-api.ts';
import { ScopesPanel } from './scopes-panel.tsx';
import { VerifyPanel } from './verify-panel.tsx';

const route = getRouteApi('/signed-in/frame/resources/$id');

/** A resource: what tokens are asked for by, what can be changed, its scopes, and how the API verifies tokens. */
export function ResourcePage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const query = useQuery(resourceQuery(id));
  return (
    <DetailPage
      back={
        <PageLink to="/resources" size="sm">
          {t('resources.back')}
        </PageLink>
      }
      query={query}
    >
      {(of) => <Details of={of} />}
    </DetailPage>
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
      {isOwn && <ResourceForm resource={of} />}
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
