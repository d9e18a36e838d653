import { Stack, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, unwrap } from '../api/client.ts';
import { connectorsKey } from '../api/connectors.ts';
import { followMs } from '../api/following.ts';
import { Copyable } from '../forms/copyable.tsx';
import { TimeText } from '../lists/time-text.tsx';
import { StepCard } from './step-card.tsx';

const reportsQuery = (id: string) =>
  queryOptions({
    queryKey: [...connectorsKey, 'reports', id],
    queryFn: () => unwrap(api.GET('/api/connectors/{id}', { params: { path: { id } } })),
    refetchInterval: followMs,
  });

/** Where the provider reports what became of messages, and whether it does; nothing where it reports nothing. */
export function DeliveryReports({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(reportsQuery(id));
  if (!data?.reports) return null;
  const { addressIs, lastAt, unreported } = data.reports;
  return (
    <StepCard title={t('connectors.reports.title')}>
      <Stack gap="sm">
        <Text size="sm">{t(`connectors.reports.${addressIs}`)}</Text>
        {addressIs === 'entered' && data.reportUrl !== null && (
          <Copyable label={t('connectors.reports.address')} value={data.reportUrl} />
        )}
        <Text size="sm" c="dimmed">
          {lastAt === null ? (
            unreported > 0 ? (
              t('connectors.reports.silent', { count: unreported })
            ) : (
              t('connectors.reports.none')
            )
          ) : (
            <>
              {t('connectors.reports.last')} <TimeText at={lastAt} />
            </>
          )}
        </Text>
      </Stack>
    </StepCard>
  );
}
