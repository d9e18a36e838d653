import { Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { countryName } from '../lists/countries.ts';
import { EmptyState } from '../lists/empty-state.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PageLink } from '../shell/links.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { DayChart } from './day-chart.tsx';
import { everyDay } from './figures.ts';
import { FiguresTable } from './figures-table.tsx';
import { FunnelBars } from './funnel-bars.tsx';
import { figuresQuery } from './overview-api.ts';
import { defaultPeriod, type Period, periods } from './periods.ts';

const route = getRouteApi('/signed-in/frame/overview');

/** How far messages came in a period: in all, by day, by country and by usage type. */
export function VerificationFigures() {
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
      <DayChart days={everyDay(data)} />
      <FiguresTable
        title={t('overview.figures.byCountry')}
        column={t('overview.figures.country')}
        rows={data.byCountry.map((row) => ({ ...row, name: nameOf(row.country) }))}
      />
      <FiguresTable
        title={t('overview.figures.byUsageType')}
        column={t('overview.figures.usageType')}
        rows={data.byUsageType.map((row) => ({ ...row, name: row.usageType }))}
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
