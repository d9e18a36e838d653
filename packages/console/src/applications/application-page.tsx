import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Allowed } from '../session/role.tsx';
import { DetailPage } from '../shell/detail-page.tsx';
import { PageLink } from '../shell/links.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { DangerPanel, SecretPanel } from './application-actions.tsx';
import { ApplicationForm } from './application-form.tsx';
import { type Application, applicationQuery, hasSecret } from './applications-api.ts';
import { EndpointsPanel } from './endpoints-panel.tsx';
import { ManagementRights } from './management-rights.tsx';
import { SnippetPanel } from './snippet-panel.tsx';

const route = getRouteApi('/signed-in/frame/applications/$id');

/** An application: what it needs to know of this server, what can be changed, and its secret. */
export function ApplicationPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const query = useQuery(applicationQuery(id));
  return (
    <DetailPage
      back={
        <PageLink to="/applications" size="sm">
          {t('applications.back')}
        </PageLink>
      }
      query={query}
    >
      {(of) => <Details of={of} />}
    </DetailPage>
  );
}

function Details({ of }: { of: Application }) {
  const { t } = useTranslation();
  return (
    <>
      <div>
        <PageHeading title={of.name} style={{ overflowWrap: 'anywhere' }} />
        <Text size="sm" c="dimmed">
          {t(`applications.types.${of.type}.name`)}
        </Text>
      </div>
      <EndpointsPanel application={of} />
      <ApplicationForm application={of} />
      {of.isAdmin && <ManagementRights application={of} />}
      <SnippetPanel application={of} />
      {hasSecret(of.type) && (
        <Allowed as="owner">
          <SecretPanel id={of.id} />
        </Allowed>
      )}
      <Allowed as="operator">
        <DangerPanel id={of.id} />
      </Allowed>
      <Outlet />
    </>
  );
}
