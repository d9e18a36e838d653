import { Paper, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { TimeText } from '../lists/time-text.tsx';
import { PageLink } from '../shell/links.tsx';
import type { Application } from './applications-api.ts';

/** The applications of a page. On a narrow screen the type stands below the name. */
export function ApplicationTable({ applications }: { applications: readonly Application[] }) {
  const { t } = useTranslation();
  return (
    <Paper withBorder bg="var(--console-card)">
      <Table verticalSpacing="sm" aria-label={t('applications.navigation')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('applications.fields.name')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('applications.fields.type')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('applications.fields.created')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {applications.map(({ id, name, type, createdAt }) => (
            <Table.Tr key={id}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <PageLink to="/applications/$id" params={{ id }} fw={600}>
                  {name}
                </PageLink>
                <Text size="sm" c="dimmed" hiddenFrom="sm">
                  {t(`applications.types.${type}.name`)}
                </Text>
              </Table.Td>
              <Table.Td visibleFrom="sm">{t(`applications.types.${type}.name`)}</Table.Td>
              <Table.Td visibleFrom="sm">
                <TimeText at={createdAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
