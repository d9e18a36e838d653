import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Connector, setUpConnectorsQuery } from '../api/connectors.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PageLink } from '../shell/links.tsx';
import { MissingPage } from '../shell/missing-page.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { ConnectorView } from './connector-view.tsx';

const route = getRouteApi('/signed-in/frame/connectors/$id');

/**
 * The page of a connector that is alive or waits for its configuration. What is typed there stays, even if another one
 * takes its place meanwhile.
 */
export function ConnectorPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  // What is not among those that are known may have come since.
  const { data: all, error, isFetching, refetch } = useQuery({ ...setUpConnectorsQuery, staleTime: 0 });
  const live = all?.find((one) => one.id === id);
  const [opened, setOpened] = useState<Connector>();
  useEffect(() => {
    if (live) setOpened(live);
  }, [live]);
  const connector = live ?? (opened?.id === id ? opened : undefined);
  return (
    <Stack gap="lg">
      <PageLink to="/connectors" size="sm">
        {t('connectors.back')}
      </PageLink>
      {all === undefined && error && <ErrorNotice error={error} onRetry={refetch} />}
      {!connector && !error && (isFetching || all === undefined) && <PageSkeleton />}
      {!connector && all !== undefined && !isFetching && <MissingPage />}
      {connector && (
        <>
          {all !== undefined && !live && (
            <ConflictNotice
              channel={connector.type}
              current={all.find(({ type, state }) => type === connector.type && state === 'live') ?? null}
            />
          )}
          <ConnectorView connector={connector} />
          <Outlet />
        </>
      )}
    </Stack>
  );
}
