import { Paper, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MessageSearch } from '../messages/message-search.ts';
import { PageLink } from '../shell/links.tsx';
import { type Funnel, stages } from './figures.ts';
import classes from './figures-table.module.css';

/** A row, and where what it counts is listed. */
type Row = Funnel & { name: string; search?: MessageSearch | undefined };
type Props = { title: string; column: string; rows: readonly Row[]; isBare?: boolean };

/** The figures of times, countries or usage types, a row each. Bare, it has neither a heading nor a frame. */
export function FiguresTable({ title, column, rows, isBare = false }: Props) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const table = (
    <Table aria-label={title} className={classes.table}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{column}</Table.Th>
          {stages.map((stage) => (
            <Table.Th key={stage} scope="col" className={classes[stage]}>
              {t(`overview.stage.${stage}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.name}>
            <Table.Th scope="row">
              {row.search ? (
                <PageLink to="/messages" search={row.search} size="sm">
                  {row.name}
                </PageLink>
              ) : (
                row.name
              )}
            </Table.Th>
            {stages.map((stage) => (
              <Table.Td key={stage} className={classes[stage]}>
                {number.format(row[stage])}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
  if (isBare) return table;
  return (
    <Paper withBorder p="lg" radius="md">
      <Text component="h3" fw={650} mb="sm">
        {title}
      </Text>
      {table}
    </Paper>
  );
}
