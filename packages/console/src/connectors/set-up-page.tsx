import { Container } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { factoriesQuery, liveConnectorQuery, previousConnectorsQuery } from '../api/connectors.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { LostPage } from '../shell/missing-page.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { SetUpScreen } from './set-up-screen.tsx';

const route = getRouteApi('/signed-in/connectors/set-up/$factoryId');

/** Sets up a connector of one factory. */
export function SetUpPage() {
  const { factoryId } = route.useParams();
  const factories = useQuery(factoriesQuery);
  const factory = factories.data?.find(({ id }) => id === factoryId);
  const live = useQuery(liveConnectorQuery(factory?.type ?? 'Sms'));
  const previous = useQuery(previousConnectorsQuery);
  if (factories.data && live.data !== undefined && previous.data) {
    if (!factory) return <LostPage />;
    return <SetUpScreen factory={factory} live={live.data} previous={previous.data} />;
  }
  const failed = [factories, live, previous].find(({ error }) => error);
  const retry = () => Promise.all([factories.refetch(), live.refetch(), previous.refetch()]);
  return (
    <Container component="main" size="lg" py="xl">
      {failed ? <ErrorNotice error={failed.error} onRetry={retry} /> : <PageSkeleton rows={4} />}
    </Container>
  );
}
