import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, unwrap } from '../../api/client.ts';
import type { FraudPolicyChange } from '../../api/protection.ts';
import type { paths } from '../../api/schema.d.ts';
import { Panel } from '../../forms/panel.tsx';
import type { Column } from '../../lists/column.ts';
import { countryName } from '../../lists/countries.ts';
import { ListTable } from '../../lists/list-table.tsx';
import { moneyText } from '../../lists/money-text.ts';
import { PeriodSelect } from '../../lists/period-select.tsx';
import { TimeText } from '../../lists/time-text.tsx';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { simulatedPeriods } from './simulated-periods.ts';

const route = getRouteApi('/signed-in/frame/protection/policy');

type Simulation = paths['/api/protection/simulations']['post']['responses'][200]['content']['application/json'];
type Row = Simulation['countries'][number] & { id: string };

/** What the policy, as it is in the form, would have done to the codes of the last days. */
export function Simulator({ policy }: { policy: FraudPolicyChange }) {
  const { t } = useTranslation();
  const { days = 30 } = route.useSearch();
  const navigate = route.useNavigate();
  // Whether it holds is not in question.
  const asked = JSON.stringify([{ ...policy, mode: 'enforce' }, days]);
  const playing = useMutation({
    mutationFn: async () => ({
      asked,
      ...(await unwrap(
        api.POST('/api/protection/simulations', { body: { fraudPolicy: { ...policy, mode: 'enforce' }, days } }),
      )),
    }),
  });
  // What was found out is about the policy as it was.
  const found = playing.data?.asked === asked ? playing.data : undefined;
  return (
    <Panel title={t('protection.simulator.title')} lead={t('protection.simulator.lead')}>
      <Group align="flex-end">
        <PeriodSelect
          periods={simulatedPeriods}
          days={days}
          onChange={(next) =>
            void navigate({ search: { days: next }, replace: true, resetScroll: false, ignoreBlocker: true })
          }
        />
        <Button variant="default" loading={playing.isPending} onClick={() => playing.mutate()}>
          {t('protection.simulator.play')}
        </Button>
      </Group>
      {playing.error && !playing.isPending && <ErrorNotice error={playing.error} />}
      <div role="status">{found && <Outcome simulation={found} />}</div>
    </Panel>
  );
}

function Outcome({ simulation: { countries, isAll, from } }: { simulation: Simulation }) {
  const { t, i18n } = useTranslation();
  const columns = useColumns();
  const number = new Intl.NumberFormat(i18n.language);
  const sum = (of: 'messages' | 'refused' | 'verified' | 'verifiedRefused') =>
    number.format(countries.reduce((total, each) => total + each[of], 0));
  if (countries.length === 0) return <Text>{t('protection.simulator.nothing')}</Text>;
  return (
    <Stack gap="sm">
      <Text fw={600}>
        {t('protection.simulator.total', {
          ...{ messages: sum('messages'), refused: sum('refused') },
          ...{ people: sum('verifiedRefused'), verified: sum('verified') },
        })}
      </Text>
      {!isAll && (
        <Text size="sm" c="dimmed">
          {t('protection.simulator.since')} <TimeText at={from} />
        </Text>
      )}
      <ListTable
        title={t('protection.simulator.title')}
        rows={countries.map((each) => ({ ...each, id: each.country ?? 'none' }))}
        columns={columns}
        asCards
      />
    </Stack>
  );
}

function useColumns(): Column<Row>[] {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const count = (of: 'messages' | 'sent' | 'checked' | 'refused' | 'verifiedRefused'): Column<Row> => ({
    name: of,
    title: t(`protection.simulator.${of}`),
    value: (row) => number.format(row[of]),
  });
  return [
    {
      name: 'country',
      title: t('protection.column.country'),
      value: ({ country }) => (country === null ? t('lists.noCountry') : countryName(country, i18n.language)),
    },
    ...(['messages', 'sent', 'checked', 'refused', 'verifiedRefused'] as const).map(count),
    { name: 'cost', title: t('protection.column.cost'), value: ({ cost }) => moneyText(cost, i18n.language) },
    { name: 'saved', title: t('protection.simulator.saved'), value: ({ saved }) => moneyText(saved, i18n.language) },
  ];
}
