import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ColumnChart } from '../lists/column-chart.tsx';
import { PageLink } from '../shell/links.tsx';
import { timeOf } from './figures.ts';
import { FiguresTable } from './figures-table.tsx';
import type { UserFigures as Data } from './overview-api.ts';
import classes from './user-figures.module.css';

/** How many users there are, are new and are active. */
export function UserFigures({ data }: { data: Data }) {
  const { t, i18n } = useTranslation();
  const { total, created, active } = data;
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <>
      <div className={classes.tiles}>
        <Tile
          name={
            <PageLink to="/users" inherit>
              {t('overview.users.total')}
            </PageLink>
          }
          value={number.format(total.totalUserCount)}
        />
        <Tile name={t('overview.users.newToday')} of={created.today} than="day" />
        <Tile name={t('overview.users.newWeek')} of={created.last7Days} than="week" />
        <Tile name={t('overview.users.activeDay')} of={active.dau} than="day" />
        <Tile name={t('overview.users.activeWeek')} of={active.wau} than="week" />
        <Tile name={t('overview.users.activeMonth')} of={active.mau} than="month" />
      </div>
      <div className={classes.charts}>
        <UsersChart title={t('overview.users.newByDay')} curve={created.curve} />
        <UsersChart title={t('overview.users.byDay')} curve={active.dauCurve} />
      </div>
      <Text size="xs" c="dimmed">
        {t('overview.users.explain')}
      </Text>
    </>
  );
}

type TileProps = {
  name: ReactNode;
  value?: string;
  of?: Data['created']['today'];
  /** What the number is compared with: as long a time before. */
  than?: 'day' | 'week' | 'month';
};

function Tile({ name, value, of, than = 'day' }: TileProps) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const signed = new Intl.NumberFormat(i18n.language, { signDisplay: 'exceptZero' });
  return (
    <Paper withBorder p="md" radius="md">
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text fw={650} size="xl">
        {value ?? number.format(of?.count ?? 0)}
      </Text>
      {of && (
        <Text size="xs" c="dimmed">
          {t(`overview.users.delta.${than}`, { change: signed.format(of.delta) })}
        </Text>
      )}
    </Paper>
  );
}

function UsersChart({ title, curve }: { title: string; curve: Data['created']['curve'] }) {
  const { t, i18n } = useTranslation();
  const format = new Intl.DateTimeFormat(i18n.language, { month: 'short', day: 'numeric' });
  const days = curve.map(({ date, count }) => ({ id: date, name: format.format(timeOf(date)), values: [count] }));
  return (
    <ColumnChart
      title={title}
      series={[{ name: t('overview.users.people'), of: 'part' }]}
      columns={days}
      label={(drawn) => t('overview.users.chart', { title, ...drawn })}
      table={
        <FiguresTable
          title={title}
          about={t('overview.figures.day')}
          columns={[{ name: t('overview.users.people') }]}
          rows={days.toReversed()}
        />
      }
    />
  );
}
