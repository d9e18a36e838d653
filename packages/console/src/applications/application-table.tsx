import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Column } from '../lists/column.ts';
import { ListTable } from '../lists/list-table.tsx';
import { TimeText } from '../lists/time-text.tsx';
import { PageLink } from '../shell/links.tsx';
import type { Application } from './applications-api.ts';

/** The applications of a page. On a narrow screen the type stands below the name. */
export function ApplicationTable({ applications }: { applications: readonly Application[] }) {
  const { t } = useTranslation();
  const typeOf = ({ type }: Application) => t(`applications.types.${type}.name`);
  const columns: Column<Application>[] = [
    {
      name: 'name',
      title: t('applications.fields.name'),
      value: ({ name }) => name,
      below: (application) => (
        <Text size="sm" c="dimmed" hiddenFrom="sm">
          {typeOf(application)}
        </Text>
      ),
      breaksWords: true,
    },
    { name: 'type', title: t('applications.fields.type'), value: typeOf, visibleFrom: 'sm' },
    {
      name: 'created',
      title: t('applications.fields.created'),
      value: ({ createdAt }) => <TimeText at={createdAt} />,
      visibleFrom: 'sm',
    },
  ];
  return (
    <ListTable
      title={t('sections.applications')}
      rows={applications}
      columns={columns}
      link={({ id }, name) => (
        <PageLink to="/applications/$id" params={{ id }} fw={600}>
          {name}
        </PageLink>
      )}
    />
  );
}
