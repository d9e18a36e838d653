import { Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './day-chart.module.css';
import type { Funnel } from './figures.ts';
import { FiguresTable } from './figures-table.tsx';

type Day = Funnel & { day: string };

/** A column per day: what was requested, and within it what was verified. The same as a table is below. */
export function DayChart({ days }: { days: Day[] }) {
  const { t, i18n } = useTranslation();
  const format = new Intl.DateTimeFormat(i18n.language, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const nameOf = ({ day }: Day) => format.format(Date.parse(day));
  const [first, last] = [days[0], days.at(-1)];
  const most = Math.max(1, ...days.map(({ requested }) => requested));
  const height = (count: number) => ({ height: `${(count / most) * 100}%` });
  if (!first || !last) return null;
  return (
    <Paper withBorder p="lg" radius="md">
      <Text component="h3" fw={650} mb="sm">
        {t('overview.figures.byDay')}
      </Text>
      <div className={classes.legend} aria-hidden>
        <span className={classes.requestedKey}>{t('overview.stage.requested')}</span>
        <span className={classes.verifiedKey}>{t('overview.stage.verified')}</span>
        <span>{t('overview.figures.most', { count: most })}</span>
      </div>
      <div
        className={classes.chart}
        role="img"
        aria-label={t('overview.figures.chart', { from: nameOf(first), until: nameOf(last), most })}
      >
        {days.map((day) => (
          <div key={day.day} className={classes.day} title={`${nameOf(day)}: ${day.requested} / ${day.verified}`}>
            <div className={classes.requested} style={height(day.requested)} />
            <div className={classes.verified} style={height(day.verified)} />
          </div>
        ))}
      </div>
      <div className={classes.axis} aria-hidden>
        <span>{nameOf(first)}</span>
        <span>{nameOf(last)}</span>
      </div>
      <details className={classes.table}>
        <summary>{t('overview.figures.asTable')}</summary>
        <FiguresTable
          title={t('overview.figures.byDay')}
          column={t('overview.figures.day')}
          rows={days.toReversed().map((day) => ({ ...day, name: nameOf(day) }))}
          isBare
        />
      </details>
    </Paper>
  );
}
