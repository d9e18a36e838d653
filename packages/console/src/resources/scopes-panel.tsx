import { Badge, Code, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import type { Column } from '../lists/column.ts';
import { List } from '../lists/list.tsx';
import { ListTable } from '../lists/list-table.tsx';
import { useMay } from '../session/role.tsx';
import { ButtonLink } from '../shell/links.tsx';
import { isManagementApi, type Resource, type Scope, scopesQuery } from './resources-api.ts';

/** The scopes of a resource, and who gets them. */
export function ScopesPanel({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  const isChangeable = useMay('operator') && !isManagementApi(resource);
  const query = useQuery(scopesQuery(resource.id));
  const columns: Column<Scope>[] = [
    {
      name: 'name',
      title: t('resources.scopes.name'),
      value: ({ name }) => <Code>{name}</Code>,
      beside: ({ machinesOnly }) =>
        machinesOnly && <Badge variant="outline">{t('resources.scopes.machinesOnly')}</Badge>,
      below: ({ description }) => (
        <Text size="sm" c="dimmed">
          {description}
        </Text>
      ),
      breaksWords: true,
    },
  ];
  if (isChangeable) {
    columns.push({
      name: 'action',
      title: t('resources.scopes.action'),
      value: ({ id, name }) => (
        <ButtonLink
          to="/resources/$id/scopes/$scopeId/delete"
          params={{ id: resource.id, scopeId: id }}
          size="xs"
          variant="default"
          aria-label={t('resources.scopes.delete.of', { name })}
        >
          {t('resources.scopes.delete.submit')}
        </ButtonLink>
      ),
      isAtEnd: true,
    });
  }
  return (
    <Panel title={t('resources.scopes.title')} lead={t('resources.scopes.lead')}>
      <List query={query} empty={<Text>{t('resources.scopes.empty')}</Text>}>
        {(scopes) => <ListTable title={t('resources.scopes.title')} rows={scopes} columns={columns} />}
      </List>
      {isChangeable && (
        <Group>
          <ButtonLink variant="default" to="/resources/$id/scopes/create" params={{ id: resource.id }}>
            {t('resources.scopes.create.open')}
          </ButtonLink>
        </Group>
      )}
    </Panel>
  );
}
