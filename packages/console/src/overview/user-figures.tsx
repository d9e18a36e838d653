import { Paper, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PageLink } from '../shell/links.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import tableClasses from './figures-table.module.css';
import { userFiguresQuery } from './overview-api.ts';
import { TimeChart } from './time-chart.tsx';
import classes from './user-figures.module.css';

type Statistics = { count: number; delta: number };

/** How many users there are, are new, and sign in; by day for thirty days. */
export default function UserFigures() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(userFiguresQuery);
  return (
    <Stack component="section" aria-labelledby="user-figures" gap="lg">
      <Text component="h2" id="user-figures" fw={650} size="lg">
        {t('overview.users.title')}
      </Text>
      {error && <ErrorNotice error={error} onRetry={refetch} />}
      {!error && !data && <PageSkeleton rows={2} />}
      {!error && data && <Numbers {...data} />}
    </Stack>
  );
}

function Numbers({ total, recent, active }: Awaited<ReturnType<NonNullable<typeof userFiguresQuery.queryFn>>>) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const day = new Intl.DateTimeFormat(i18n.language, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const columns = active.dauCurve.map(({ date, count }) => ({ key: date, name: day.format(Date.parse(date)), count }));
  return (
    <>
      <Paper withBorder p="lg" radius="md">
        <dl className={classes.numbers}>
          <div>
            <dt>
              <PageLink to="/users" size="sm">
                {t('overview.users.total')}
              </PageLink>
            </dt>
            <dd>
              <Text fw={650} size="xl">
                {number.format(total.totalUserCount)}
              </Text>
            </dd>
          </div>
          <Figure name={t('overview.users.newToday')} of={recent.today} />
          <Figure name={t('overview.users.newWeek')} of={recent.last7Days} />
          <Figure name={t('overview.users.activeDay')} of={active.dau} />
          <Figure name={t('overview.users.activeWeek')} of={active.wau} />
          <Figure name={t('overview.users.activeMonth')} of={active.mau} />
        </dl>
        <Text size="xs" c="dimmed" mt="md">
          {t('overview.users.explain')}
        </Text>
      </Paper>
      <TimeChart
        title={t('overview.users.byDay')}
        legend={{ whole: t('overview.users.active') }}
        most={(count) => t('overview.figures.most.day', { count })}
        label={(about) => t('overview.users.chart', about)}
        columns={columns}
      >
        <Table aria-label={t('overview.users.byDay')} className={tableClasses.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('overview.figures.day')}</Table.Th>
              <Table.Th scope="col" className={tableClasses.requested}>
                {t('overview.users.active')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {columns.toReversed().map(({ key, name, count }) => (
              <Table.Tr key={key}>
                <Table.Th scope="row">{name}</Table.Th>
                <Table.Td className={tableClasses.requested}>{number.format(count)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </TimeChart>
    </>
  );
}

/** A number, and how it compares to the time before. */
function Figure({ name, of: { count, delta } }: { name: string; of: Statistics }) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const change = new Intl.NumberFormat(i18n.language, { signDisplay: 'exceptZero' }).format(delta);
  return (
    <div>
      <Text component="dt" size="sm">
        {name}
      </Text>
      <dd>
        <Text fw={650} size="xl">
          {number.format(count)}
        </Text>
        <Text size="xs" c="dimmed">
          {t('overview.users.delta', { change })}
        </Text>
      </dd>
    </div>
  );
}
