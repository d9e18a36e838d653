import { Badge, Code } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Column } from '../lists/column.ts';
import { ListTable } from '../lists/list-table.tsx';
import { PageLink } from '../shell/links.tsx';
import type { Resource } from './resources-api.ts';

/** The resources of a page. */
export function ResourceTable({ resources }: { resources: readonly Resource[] }) {
  const { t } = useTranslation();
  const columns: Column<Resource>[] = [
    {
      name: 'name',
      title: t('resources.fields.name'),
      value: ({ name }) => name,
      beside: ({ isDefault }) => isDefault && <Badge variant="outline">{t('resources.default')}</Badge>,
      breaksWords: true,
    },
    {
      name: 'indicator',
      title: t('resources.fields.indicator'),
      value: ({ indicator }) => <Code>{indicator}</Code>,
      breaksWords: true,
    },
  ];
  return (
    <ListTable
      title={t('sections.resources')}
      rows={resources}
      columns={columns}
      link={({ id }, name) => (
        <PageLink to="/resources/$id" params={{ id }} fw={600}>
          {name}
        </PageLink>
      )}
    />
  );
}
