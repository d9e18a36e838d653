import { Badge, Code, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../forms/panel.tsx';
import type { Column } from '../../lists/column.ts';
import { List } from '../../lists/list.tsx';
import { ListTable } from '../../lists/list-table.tsx';
import { TimeText } from '../../lists/time-text.tsx';
import { useMay } from '../../session/role.tsx';
import { ButtonLink } from '../../shell/links.tsx';
import { checkQuery, type TestNumber, testNumbersQuery } from './check-api.ts';

type Row = TestNumber & { id: string };

/** The numbers and addresses with a fixed code. */
export function TestNumbersPanel() {
  const { t } = useTranslation();
  const isChangeable = useMay('operator');
  const query = useQuery(testNumbersQuery);
  // Asked again as the page is, so that those that are over say so.
  const { dataUpdatedAt: now } = useQuery(checkQuery);
  const columns: Column<Row>[] = [
    {
      name: 'recipient',
      title: t('protection.tests.recipient'),
      value: ({ recipient }) => <Code>{recipient}</Code>,
      beside: ({ expiresAt }) =>
        expiresAt !== null && expiresAt <= now && <Badge color="gray">{t('protection.tests.over')}</Badge>,
      below: ({ note }) => (
        <Text size="sm" c="dimmed">
          {note}
        </Text>
      ),
      breaksWords: true,
    },
    {
      name: 'until',
      title: t('protection.tests.until'),
      value: ({ expiresAt }) => (expiresAt === null ? t('protection.tests.never') : <TimeText at={expiresAt} />),
    },
  ];
  if (isChangeable) {
    columns.push({
      name: 'action',
      title: t('protection.tests.action'),
      value: ({ recipient }) => (
        <ButtonLink
          to="/protection/check/test-numbers/$recipient/delete"
          params={{ recipient }}
          size="xs"
          variant="default"
          aria-label={t('protection.tests.delete.of', { recipient })}
        >
          {t('protection.tests.delete.submit')}
        </ButtonLink>
      ),
      isAtEnd: true,
    });
  }
  return (
    <Panel title={t('protection.tests.title')} lead={t('protection.tests.lead')}>
      <List query={{ ...query, isPlaceholderData: false }} empty={<Text>{t('protection.tests.empty')}</Text>}>
        {(rows: readonly Row[]) => <ListTable title={t('protection.tests.title')} rows={rows} columns={columns} />}
      </List>
      {isChangeable && (
        <Group>
          <ButtonLink variant="default" to="/protection/check/test-numbers/add">
            {t('protection.tests.add.open')}
          </ButtonLink>
        </Group>
      )}
    </Panel>
  );
}
