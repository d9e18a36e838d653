import { Table } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './figures-table.module.css';

/** A row: what it is about, and a number of each column. */
export type FiguresRow = { id: string; name: ReactNode; values: readonly ReactNode[] };

type Props = {
  title: string;
  /** What the rows are about. */
  about: string;
  /** The columns of numbers; those with `isWide` are only there where there is room. */
  columns: readonly { name: string; isWide?: boolean }[];
  rows: readonly FiguresRow[];
  /** So many rows are shown at first; by default all. */
  few?: number;
};

/** Figures as a table, a row for each day, country or reason. */
export function FiguresTable({ title, about, columns, rows, few = rows.length }: Props) {
  const { t, i18n } = useTranslation();
  const [isAll, setAll] = useState(false);
  const number = new Intl.NumberFormat(i18n.language);
  const shown = isAll ? rows : rows.slice(0, few);
  return (
    <>
      <Table aria-label={title} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{about}</Table.Th>
            {columns.map(({ name, isWide }) => (
              <Table.Th key={name} scope="col" className={classes.number} {...(isWide && { visibleFrom: 'sm' })}>
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map(({ id, name, values }) => (
            <Table.Tr key={id}>
              <Table.Th scope="row">{name}</Table.Th>
              {columns.map((column, index) => (
                <Table.Td key={column.name} className={classes.number} {...(column.isWide && { visibleFrom: 'sm' })}>
                  {typeof values[index] === 'number' ? number.format(values[index]) : values[index]}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {rows.length > few && !isAll && (
        <button type="button" className={classes.more} onClick={() => setAll(true)}>
          {t('overview.figures.all', { count: rows.length })}
        </button>
      )}
    </>
  );
}
