import { Button, Code, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readPolicyAnew } from '../../api/protection.ts';
import { Panel } from '../../forms/panel.tsx';
import type { Column } from '../../lists/column.ts';
import { List } from '../../lists/list.tsx';
import { ListTable } from '../../lists/list-table.tsx';
import { Allowed, useMay } from '../../session/role.tsx';
import { tellSuccess, useFailureNotice } from '../../shell/notices.ts';
import { AddListed } from './add-listed.tsx';
import { deleteListed, type Listed, listedQuery } from './listed-api.ts';

type Row = Listed & { id: string };

/** The numbers, ranges and networks that always pass, or never. */
export function ListedPage() {
  const { t } = useTranslation();
  const query = useQuery(listedQuery);
  const isChangeable = useMay('operator');
  const columns: Column<Row>[] = [
    {
      name: 'entry',
      title: t('protection.listed.entry'),
      value: ({ entry }) => <Code>{entry}</Code>,
      breaksWords: true,
    },
    { name: 'list', title: t('protection.listed.list'), value: ({ list }) => t(`protection.listed.lists.${list}`) },
  ];
  if (isChangeable) {
    columns.push({
      name: 'action',
      title: t('protection.column.action'),
      value: (row) => <DeleteButton listed={row} />,
      isAtEnd: true,
    });
  }
  return (
    <Panel title={t('protection.tabs.listed')} lead={t('protection.listed.lead')}>
      <List query={{ ...query, isPlaceholderData: false }} empty={<Text>{t('protection.listed.none')}</Text>}>
        {(rows: readonly Row[]) => <ListTable title={t('protection.tabs.listed')} rows={rows} columns={columns} />}
      </List>
      <Allowed as="operator">
        <AddListed />
      </Allowed>
    </Panel>
  );
}

function DeleteButton({ listed }: { listed: Listed }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const tellFailure = useFailureNotice();
  const deleting = useMutation({
    mutationFn: () => deleteListed(listed),
    onSuccess: () => tellSuccess(t('protection.listed.deleted')),
    onError: tellFailure,
    onSettled: () => readPolicyAnew(queries),
  });
  return (
    <Button
      size="xs"
      variant="default"
      aria-label={t('protection.listed.deleteOf', { entry: listed.entry })}
      loading={deleting.isPending}
      onClick={() => deleting.mutate()}
    >
      {t('protection.listed.delete')}
    </Button>
  );
}
