import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Connector, liveConnectorQuery } from '../api/connectors.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PageLink } from '../shell/links.tsx';
import { MissingPage } from '../shell/missing-page.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { ConnectorView } from './connector-view.tsx';

const route = getRouteApi('/signed-in/frame/connectors/$id');

/** The page of the connector that is alive. What is typed there stays, even if another one takes its place meanwhile. */
export function ConnectorPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const { data: live, error, refetch } = useQuery(liveConnectorQuery);
  const [opened, setOpened] = useState<Connector>();
  useEffect(() => {
    if (live?.id === id) setOpened(live);
  }, [live, id]);
  const connector = live?.id === id ? live : opened?.id === id ? opened : undefined;
  return (
    <Stack gap="lg">
      <PageLink to="/connectors" size="sm">
        {t('connectors.back')}
      </PageLink>
      {live === undefined && error && <ErrorNotice error={error} onRetry={refetch} />}
      {live === undefined && !error && <PageSkeleton />}
      {live !== undefined && !connector && <MissingPage />}
      {connector && (
        <>
          {live !== undefined && live?.id !== id && <ConflictNotice current={live} />}
          <ConnectorView key={id} connector={connector} />
          <Outlet />
        </>
      )}
    </Stack>
  );
}
