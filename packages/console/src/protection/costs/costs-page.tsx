import { Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, unwrap } from '../../api/client.ts';
import { protectionKey } from '../../api/protection.ts';
import { countryName } from '../../lists/countries.ts';
import { figurePeriods, rangeOf, usualFigurePeriod } from '../../lists/figure-period.ts';
import { PeriodSelect } from '../../lists/period-select.tsx';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { PageSkeleton } from '../../shell/page-skeleton.tsx';
import { useConnectorNames } from '../../shell/use-connector-names.ts';
import { type Arrivals, ArrivalTable } from './arrival-table.tsx';
import { CostsOverTime } from './costs-over-time.tsx';

const route = getRouteApi('/signed-in/frame/protection/costs');

const arrivalsQuery = (days: number) => ({
  queryKey: [protectionKey, 'arrivals', days],
  queryFn: () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const query = { ...rangeOf(Date.now(), days), timeZone };
    return unwrap(api.GET('/api/dashboard/arrivals', { params: { query } }));
  },
  placeholderData: keepPreviousData,
});

/** How messages arrived and what they cost: in all, by country, by connector, by network and by time. */
export function CostsPage() {
  const { days = usualFigurePeriod } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(arrivalsQuery(days));
  return (
    <Stack>
      <PeriodSelect
        periods={figurePeriods}
        days={days}
        onChange={(next) => void navigate({ search: { days: next } })}
      />
      {error && <ErrorNotice error={error} onRetry={refetch} />}
      {!error && !data && <PageSkeleton />}
      {data && !error && <Figures arrivals={data} isByHour={days === 1} />}
    </Stack>
  );
}

function Figures({ arrivals, isByHour }: { arrivals: Arrivals; isByHour: boolean }) {
  const { t, i18n } = useTranslation();
  const { nameOf } = useConnectorNames();
  const { total, byCountry, byConnector, byNetwork } = arrivals;
  if (total.requested === 0) return <Text>{t('protection.costs.none')}</Text>;
  return (
    <>
      <ArrivalTable
        title={t('protection.costs.total')}
        about={t('sections.messages')}
        lead={t('protection.costs.lead')}
        rows={[{ ...total, id: 'total', name: t('protection.costs.all') }]}
      />
      <ArrivalTable
        title={t('protection.costs.byCountry')}
        about={t('protection.column.country')}
        rows={byCountry.map(({ country, ...figures }) => ({
          ...figures,
          id: country ?? 'none',
          name: country === null ? t('lists.noCountry') : countryName(country, i18n.language),
        }))}
      />
      <ArrivalTable
        title={t('protection.costs.byConnector')}
        about={t('protection.prices.connector')}
        rows={byConnector.map(({ connectorFactoryId: id, ...figures }) => ({
          ...figures,
          id: id ?? 'none',
          name: id === null ? '–' : nameOf(id),
        }))}
      />
      {byNetwork.length > 0 && (
        <ArrivalTable
          title={t('protection.costs.byNetwork')}
          about={t('protection.costs.network')}
          rows={byNetwork.map(({ network, ...figures }) => ({ ...figures, id: network, name: network }))}
        />
      )}
      <CostsOverTime arrivals={arrivals} isByHour={isByHour} />
    </>
  );
}
