import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './time-chart.module.css';

/** A day or an hour: what it is called, and how high its column is, with a part of it in another colour. */
export type Column = { key: string; name: string; count: number; part?: number };

type Props = {
  title: string;
  /** What the colours say: of the whole column, and of the part. */
  legend: { whole: string; part?: string };
  /** The highest column in words. */
  most: (count: number) => string;
  /** The chart in one sentence. */
  label: (about: { from: string; until: string; most: number }) => string;
  columns: readonly Column[];
  /** The same as a table. */
  children: ReactNode;
};

/** A column for each day or hour. The same as a table is below. */
export function TimeChart({ title, legend, most: mostIn, label, columns, children }: Props) {
  const { t } = useTranslation();
  const [first, last] = [columns[0], columns.at(-1)];
  if (!first || !last) return null;
  const most = Math.max(...columns.map(({ count }) => count));
  const height = (count: number) => ({ height: `${(count / Math.max(1, most)) * 100}%` });
  return (
    <Paper withBorder p="lg" radius="md">
      <Text component="h3" fw={650} mb="sm">
        {title}
      </Text>
      <div className={classes.legend} aria-hidden>
        <span className={classes.requestedKey}>{legend.whole}</span>
        {legend.part !== undefined && <span className={classes.verifiedKey}>{legend.part}</span>}
        <span>{mostIn(most)}</span>
      </div>
      <div className={classes.chart} role="img" aria-label={label({ from: first.name, until: last.name, most })}>
        {columns.map(({ key, name, count, part }) => (
          <div
            key={key}
            className={classes.day}
            title={`${name}: ${[count, part].filter((each) => each !== undefined).join(' / ')}`}
          >
            <div className={classes.requested} style={height(count)} />
            {part !== undefined && <div className={classes.verified} style={height(part)} />}
          </div>
        ))}
      </div>
      <div className={classes.axis} aria-hidden>
        <span>{first.name}</span>
        <span>{last.name}</span>
      </div>
      <details className={classes.table}>
        <summary>{t('overview.figures.asTable')}</summary>
        {children}
      </details>
    </Paper>
  );
}
