import { useTranslation } from 'react-i18next';
import { everyDay, everyHour, type Funnel } from './figures.ts';
import { FiguresTable } from './figures-table.tsx';
import { TimeChart } from './time-chart.tsx';

type Props = {
  from: number;
  until: number;
  byDay: (Funnel & { day: string })[];
  byHour: (Funnel & { hour: number })[];
};

/** What was requested, and within it what was verified: of each hour where the time is a day, else of each day. */
export function FunnelChart({ unit, ...data }: Props & { unit: 'day' | 'hour' }) {
  const { t, i18n } = useTranslation();
  const dayFormat = new Intl.DateTimeFormat(i18n.language, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const hourFormat = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', hour: 'numeric', minute: '2-digit' });
  const rows =
    unit === 'hour'
      ? everyHour(data).map((row) => ({ ...row, key: String(row.hour), name: hourFormat.format(row.hour) }))
      : everyDay(data).map((row) => ({ ...row, key: row.day, name: dayFormat.format(Date.parse(row.day)) }));
  const title = t(unit === 'hour' ? 'overview.figures.byHour' : 'overview.figures.byDay');
  return (
    <TimeChart
      title={title}
      legend={{ whole: t('overview.stage.requested'), part: t('overview.stage.verified') }}
      most={(count) => t(`overview.figures.most.${unit}`, { count })}
      label={(about) => t(`overview.figures.chart.${unit}`, about)}
      columns={rows.map(({ key, name, requested, verified }) => ({ key, name, count: requested, part: verified }))}
    >
      <FiguresTable
        title={title}
        column={t(unit === 'hour' ? 'overview.figures.hour' : 'overview.figures.day')}
        rows={rows.toReversed()}
        isBare
      />
    </TimeChart>
  );
}
