import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './column-chart.module.css';
import { roundUp } from './round-up.ts';

/** What a column stands for, in the order in which they are drawn: the next one within the one before. */
type Series = { name: string; of: 'whole' | 'part' };

type Props = {
  title: string;
  series: readonly Series[];
  /** The columns from left to right, with a value of each series. */
  columns: readonly { name: string; values: readonly number[] }[];
  /** How a value is written, where it is an amount; else it is a count. */
  amountText?: (value: number) => string;
  /** Says what is drawn to who does not see it. */
  label: (drawn: { from: string; until: string; most: string }) => string;
  /** The same as a table, where there is none beside the chart. */
  table?: ReactNode;
};

/** A column per hour or day. The same as a table is below, or beside it. */
export function ColumnChart({ title, series, columns, amountText, label, table }: Props) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const compact = new Intl.NumberFormat(i18n.language, { notation: 'compact' });
  const most = Math.max(0, ...columns.flatMap(({ values }) => values));
  const text = amountText ?? number.format;
  const top = roundUp(most, !amountText);
  const [first, last] = [columns[0], columns.at(-1)];
  if (!first || !last) return null;
  // Half a message or half a user is nothing: the middle line goes without a figure then.
  const marks = [top, amountText || top % 2 === 0 ? top / 2 : undefined, 0];
  const step = Math.max(1, Math.ceil(columns.length / 6));
  return (
    <Paper withBorder p="lg" radius="md">
      <Text component="h3" fw={650} mb="sm">
        {title}
      </Text>
      {series.length > 1 && (
        <div className={classes.legend} aria-hidden>
          {series.map(({ name, of }) => (
            <span key={name} className={classes.key} data-of={of}>
              {name}
            </span>
          ))}
        </div>
      )}
      <div
        className={classes.plot}
        role="img"
        aria-label={label({ from: first.name, until: last.name, most: text(most) })}
      >
        <div className={classes.scale}>
          {marks.map((mark, index) => (
            <span key={mark ?? index}>{mark !== undefined && (amountText ?? compact.format)(mark)}</span>
          ))}
        </div>
        <div className={classes.chart}>
          {columns.map(({ name, values }) => (
            <div
              key={name}
              className={classes.column}
              title={[
                name,
                ...series.map((each, index) => t('lists.named', { name: each.name, value: text(values[index] ?? 0) })),
              ].join('\n')}
            >
              {series.map(({ name: of, ...each }, index) => (
                <div
                  key={of}
                  className={classes.bar}
                  data-of={each.of}
                  style={{ height: `${((values[index] ?? 0) / top) * 100}%` }}
                />
              ))}
            </div>
          ))}
        </div>
        <div className={classes.axis}>
          {columns.map(({ name }, index) => (
            <span key={name}>{index % step === 0 && <span>{name}</span>}</span>
          ))}
        </div>
      </div>
      {table && (
        <details className={classes.table}>
          <summary>{t('overview.figures.asTable')}</summary>
          {table}
        </details>
      )}
    </Paper>
  );
}
