import { Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { countryName } from '../lists/countries.ts';
import { EmptyState } from '../lists/empty-state.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PageLink } from '../shell/links.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { FiguresTable } from './figures-table.tsx';
import { FunnelBars } from './funnel-bars.tsx';
import { FunnelChart } from './funnel-chart.tsx';
import { figuresQuery } from './overview-api.ts';
import { defaultPeriod, type Period, periods } from './periods.ts';

/** Where all is well, there is none. */
const FailureReasons = lazy(() => import('./failure-reasons.tsx'));

const route = getRouteApi('/signed-in/frame/overview');

/** How far messages came in a period: in all, by hour or day, by country and by usage type, and why some did not. */
export default function VerificationFigures() {
  const { t } = useTranslation();
  const { days = defaultPeriod } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, isPlaceholderData, refetch } = useQuery(figuresQuery(days));
  return (
    <Stack component="section" aria-labelledby="figures" gap="lg">
      <Group justify="space-between" align="flex-end">
        <Text component="h2" id="figures" fw={650} size="lg">
          {t('overview.figures.title')}
        </Text>
        <NativeSelect
          label={t('overview.figures.period')}
          value={String(days)}
          data={periods.map((each) => ({ value: String(each), label: t('overview.figures.days', { count: each }) }))}
          onChange={(event) => void navigate({ search: { days: Number(event.currentTarget.value) as Period } })}
        />
      </Group>
      {error && <ErrorNotice error={error} onRetry={refetch} />}
      {!error && !data && <PageSkeleton rows={2} />}
      {data && !error && (
        <Stack gap="lg" aria-busy={isPlaceholderData}>
          {data.total.requested === 0 ? <NoFigures /> : <Figures data={data} />}
        </Stack>
      )}
    </Stack>
  );
}

type Data = Awaited<ReturnType<NonNullable<ReturnType<typeof figuresQuery>['queryFn']>>>;

function Figures({ data }: { data: Data }) {
  const { t, i18n } = useTranslation();
  const nameOf = (country: string | null) =>
    country ? countryName(country, i18n.language) : t('overview.figures.unknownCountry');
  return (
    <>
      <FunnelBars funnel={data.total} />
      <FunnelChart unit={data.days === 1 ? 'hour' : 'day'} {...data} />
      <Suspense>
        <FailureReasons days={data.days} />
      </Suspense>
      <FiguresTable
        title={t('overview.figures.byCountry')}
        column={t('overview.figures.country')}
        rows={data.byCountry.map((row) => ({
          ...row,
          name: nameOf(row.country),
          search: row.country === null ? undefined : { country: row.country, from: data.from },
        }))}
      />
      <FiguresTable
        title={t('overview.figures.byUsageType')}
        column={t('overview.figures.usageType')}
        rows={data.byUsageType.map((row) => ({
          ...row,
          name: row.usageType,
          search: { usageType: row.usageType, from: data.from },
        }))}
      />
    </>
  );
}

function NoFigures() {
  const { t } = useTranslation();
  return (
    <EmptyState title={t('overview.figures.empty.title')} text={t('overview.figures.empty.text')}>
      <PageLink to="/messages">{t('overview.figures.empty.next')}</PageLink>
    </EmptyState>
  );
}
