import { Group, Paper, Table, type TableProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconArrowDown, IconArrowUp } from '../shell/icons.tsx';
import type { Column } from './column.ts';
import { IconArrowsSort } from './list-icons.tsx';
import classes from './list-table.module.css';
import { directionOf, nextSort, sortText } from './order.ts';

/** The order of a list as the API has it, and what asks for another. */
export type Order = { sort: string; change: (sort: string) => void };

type Props<Row> = {
  title: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  /** Makes the value in the first column a link to the page of the row. */
  link?: (row: Row, value: ReactNode) => ReactNode;
  /** Whether rows are cards on a narrow screen. */
  asCards?: boolean;
  order?: Order;
} & Pick<TableProps, 'className' | 'highlightOnHover'>;

/** The rows of a list as a table. */
export function ListTable<Row extends { id: string }>({
  title,
  rows,
  columns,
  link,
  asCards = false,
  order,
  ...look
}: Props<Row>) {
  return (
    <Paper withBorder>
      <Table
        aria-label={title}
        verticalSpacing="sm"
        {...look}
        {...(asCards && { className: `${look.className ?? ''} ${classes.cards}`, role: 'table' })}
      >
        <Table.Thead {...(asCards && { role: 'rowgroup' })}>
          <Table.Tr {...(asCards && { role: 'row' })}>
            {columns.map((column) => (
              <Table.Th
                key={column.name}
                scope="col"
                {...(asCards && { role: 'columnheader' })}
                {...placeOf(column)}
                {...(order && { 'aria-sort': directionOf(column, order.sort) })}
              >
                {column.title}
                {order && (column.isOrder || column.order) && (
                  <OrderButton column={column} columns={columns} {...order} />
                )}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody {...(asCards && { role: 'rowgroup' })}>
          {rows.map((row) => (
            <Table.Tr key={row.id} {...(asCards && { role: 'row' })}>
              {columns.map((column, index) => (
                <Cell
                  key={column.name}
                  column={column}
                  row={row}
                  link={index === 0 ? link : undefined}
                  asCards={asCards}
                />
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

type OrderButtonProps<Row> = Order & { column: Column<Row>; columns: readonly Column<Row>[] };

function OrderButton<Row>({ column, columns, sort, change }: OrderButtonProps<Row>) {
  const { t } = useTranslation();
  const direction = directionOf(column, sort);
  const Icon = direction === undefined ? IconArrowsSort : direction === 'descending' ? IconArrowDown : IconArrowUp;
  const next = nextSort(column, sort);
  const label = sortText(t, next, columns);
  return (
    <button type="button" className={classes.turn} aria-label={label} title={label} onClick={() => change(next)}>
      <Icon size={14} />
    </button>
  );
}

type CellProps<Row> = { column: Column<Row>; row: Row; link: Props<Row>['link']; asCards: boolean };

function Cell<Row>({ column, row, link, asCards }: CellProps<Row>) {
  const { value, beside, below, breaksWords } = column;
  const shown = link ? link(row, value(row)) : value(row);
  const content = (
    <>
      {beside ? (
        <Group gap="xs">
          {shown}
          {beside(row)}
        </Group>
      ) : (
        shown
      )}
      {below?.(row)}
    </>
  );
  return (
    <Table.Td
      {...placeOf(column)}
      {...(asCards && { role: 'cell', 'data-title': column.title })}
      {...(breaksWords && { style: { overflowWrap: 'anywhere' } })}
    >
      {asCards ? <div>{content}</div> : content}
    </Table.Td>
  );
}

const placeOf = <Row,>({ visibleFrom, isAtEnd }: Column<Row>) => ({
  ...(visibleFrom && { visibleFrom }),
  ...(isAtEnd && { ta: 'end' as const }),
});
