import { NativeSelect, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, unwrap } from '../../api/client.ts';
import { protectionKey } from '../../api/protection.ts';
import type { paths } from '../../api/schema.d.ts';
import { Panel } from '../../forms/panel.tsx';
import { countryName } from '../../lists/countries.ts';
import { type Column, ListTable } from '../../lists/list-table.tsx';
import { moneyList } from '../../lists/money-text.ts';
import { useConnectorNames } from '../../shell/use-connector-names.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { PageSkeleton } from '../../shell/page-skeleton.tsx';

type Costs = paths['/api/protection/costs']['get']['responses'][200]['content']['application/json'];
type Row = Costs['total'] & { id: string; name: string };
const dayMs = 86_400_000;

const costsQuery = (days: number) => ({
  queryKey: [protectionKey, 'costs', days],
  queryFn: () => {
    const until = Date.now();
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const query = { from: until - days * dayMs, until, timeZone };
    return unwrap(api.GET('/api/protection/costs', { params: { query } }));
  },
  placeholderData: keepPreviousData,
});

/** What SMS cost, and each that was typed in: in all, by country, by connector and by day. */
export function CostsPage() {
  const { t } = useTranslation();
  const [days, setDays] = useState(30);
  const { data, error, refetch } = useQuery(costsQuery(days));
  return (
    <Stack>
      <NativeSelect
        label={t('protection.now.period')}
        maw="14rem"
        value={String(days)}
        data={[1, 7, 30, 90].map((each) => ({ value: String(each), label: t('protection.days', { count: each }) }))}
        onChange={(event) => setDays(Number(event.currentTarget.value))}
      />
      {error && <ErrorNotice error={error} onRetry={refetch} />}
      {!error && !data && <PageSkeleton />}
      {data && !error && <Figures costs={data} />}
    </Stack>
  );
}

function Figures({ costs: { total, byDay, byCountry, byConnector } }: { costs: Costs }) {
  const { t, i18n } = useTranslation();
  const { nameOf } = useConnectorNames();
  const day = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeZone: 'UTC' });
  if (total.messages === 0) return <Text>{t('protection.costs.none')}</Text>;
  return (
    <>
      <CostTable
        title={t('protection.costs.total')}
        about={t('messages.channel.Sms')}
        lead={t('protection.costs.lead')}
        rows={[{ ...total, id: 'total', name: t('protection.costs.all') }]}
      />
      <CostTable
        title={t('protection.costs.byCountry')}
        about={t('protection.column.country')}
        rows={byCountry.map(({ country, ...figures }) => ({
          ...figures,
          id: country ?? 'none',
          name: country === null ? t('protection.noCountry') : countryName(country, i18n.language),
        }))}
      />
      <CostTable
        title={t('protection.costs.byConnector')}
        about={t('protection.prices.connector')}
        rows={byConnector.map(({ connectorFactoryId: id, ...figures }) => ({
          ...figures,
          id: id ?? 'none',
          name: id === null ? '–' : nameOf(id),
        }))}
      />
      <CostTable
        title={t('protection.costs.byDay')}
        about={t('protection.costs.day')}
        rows={byDay.toReversed().map(({ day: date, ...figures }) => ({
          ...figures,
          id: date,
          name: day.format(Date.parse(date)),
        }))}
      />
    </>
  );
}

function CostTable({
  title,
  lead,
  about,
  rows,
}: {
  title: string;
  lead?: string;
  about: string;
  rows: readonly Row[];
}) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const columns: Column<Row>[] = [
    { name: 'name', title: about, value: ({ name }) => name },
    { name: 'messages', title: t('protection.column.sent'), value: ({ messages }) => number.format(messages) },
    { name: 'parts', title: t('protection.costs.parts'), value: ({ parts }) => number.format(parts) },
    { name: 'verified', title: t('protection.costs.verified'), value: ({ verified }) => number.format(verified) },
    { name: 'cost', title: t('protection.column.cost'), value: ({ costs }) => moneyList(costs, i18n.language) },
    {
      name: 'costPerVerified',
      title: t('protection.column.costPerVerified'),
      value: ({ costPerVerified }) => moneyList(costPerVerified, i18n.language),
    },
  ];
  return (
    <Panel title={title} lead={lead}>
      <ListTable title={title} rows={rows} columns={columns} asCards />
    </Panel>
  );
}
