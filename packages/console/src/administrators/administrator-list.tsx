import { Badge, Group, Paper, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { TimeText } from '../lists/time-text.tsx';
import { sessionQuery } from '../session/session.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { ButtonLink } from '../shell/links.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { administratorsQuery } from './administrators-api.ts';

/** Every administrator; all but oneself can be removed. */
export function AdministratorList() {
  const { t } = useTranslation();
  const { data: session } = useQuery(sessionQuery);
  const { data, error, refetch } = useQuery(administratorsQuery);
  if (error) return <ErrorNotice error={error} onRetry={refetch} />;
  if (!data) return <PageSkeleton rows={1} />;
  return (
    <Paper withBorder bg="var(--console-card)">
      <Table verticalSpacing="sm" aria-label={t('administrators.navigation')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('administrators.fields.username')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('administrators.fields.since')}</Table.Th>
            <Table.Th ta="end">{t('administrators.fields.action')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.map(({ id, username, createdAt }) => (
            <Table.Tr key={id}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <Group gap="xs">
                  <Text fw={600}>{username}</Text>
                  {id === session?.administrator.id && <Badge variant="outline">{t('administrators.you')}</Badge>}
                </Group>
              </Table.Td>
              <Table.Td visibleFrom="sm">
                <TimeText at={createdAt} />
              </Table.Td>
              <Table.Td ta="end">
                {session && id !== session.administrator.id && (
                  <ButtonLink
                    to="/administrators/$id/remove"
                    params={{ id }}
                    size="xs"
                    variant="default"
                    aria-label={t('administrators.remove.of', { username })}
                  >
                    {t('administrators.remove.submit')}
                  </ButtonLink>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
