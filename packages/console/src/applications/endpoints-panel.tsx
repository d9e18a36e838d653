import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Copyable } from '../forms/copyable.tsx';
import { Panel } from '../forms/panel.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { type Application, signsIn } from './applications-api.ts';
import { type Endpoints, endpointsQuery } from './endpoints-query.ts';

const ofMachines = ['issuer', 'token'] as const satisfies (keyof Endpoints)[];
const ofManagement = ['token', 'managementApi', 'apiIndicator'] as const satisfies (keyof Endpoints)[];
const ofSignIn = ['issuer', 'authorization', 'token', 'userinfo', 'endSession'] as const satisfies (keyof Endpoints)[];

/** What an application needs to know of this server. */
export function EndpointsPanel({ application }: { application: Application }) {
  const { id, type, isAdmin } = application;
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(endpointsQuery);
  return (
    <Panel title={t('applications.endpoints.title')}>
      <Copyable label={t('applications.fields.id')} value={id} />
      {error && <ErrorNotice error={error} onRetry={refetch} />}
      {!error && !data && <Skeleton height={120} />}
      {data &&
        (signsIn(type) ? ofSignIn : isAdmin ? ofManagement : ofMachines).map((each) => (
          <Copyable key={each} label={t(`applications.endpoints.${each}`)} value={data[each]} />
        ))}
    </Panel>
  );
}
