import { Badge, Group, Paper, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { TimeText } from '../lists/time-text.tsx';
import { PageLink } from '../shell/links.tsx';
import { nameOf, type User } from './users-api.ts';

/** The users of a page. On a narrow screen the number stands below the name. */
export function UserTable({ users }: { users: readonly User[] }) {
  const { t } = useTranslation();
  return (
    <Paper withBorder bg="var(--console-card)">
      <Table verticalSpacing="sm" aria-label={t('users.navigation')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('users.fields.user')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('users.fields.primaryPhone')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('users.fields.lastSignIn')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {users.map((user) => (
            <UserRow key={user.id} user={user} />
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function UserRow({ user }: { user: User }) {
  const { t } = useTranslation();
  const { id, name, username, primaryPhone, lastSignInAt, isSuspended } = user;
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        <Group gap="xs">
          <PageLink to="/users/$userId" params={{ userId: id }} fw={600}>
            {nameOf(user)}
          </PageLink>
          {isSuspended && <Badge variant="default">{t('users.suspended')}</Badge>}
        </Group>
        {name && username && (
          <Text size="sm" c="dimmed">
            {username}
          </Text>
        )}
        {primaryPhone && (name || username) && (
          <Text size="sm" c="dimmed" hiddenFrom="sm">
            {primaryPhone}
          </Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="sm">{primaryPhone}</Table.Td>
      <Table.Td visibleFrom="sm">{lastSignInAt === null ? t('users.never') : <TimeText at={lastSignInAt} />}</Table.Td>
    </Table.Tr>
  );
}
