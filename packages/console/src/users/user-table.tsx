import { Badge, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Column, ListTable } from '../lists/list-table.tsx';
import { TimeText } from '../lists/time-text.tsx';
import { PageLink } from '../shell/links.tsx';
import { nameOf, type User } from './users-api.ts';

/** The users of a page. On a narrow screen the number stands below the name. */
export function UserTable({ users }: { users: readonly User[] }) {
  const { t } = useTranslation();
  const columns: Column<User>[] = [
    {
      name: 'user',
      title: t('users.fields.user'),
      value: nameOf,
      beside: ({ isSuspended }) => isSuspended && <Badge variant="default">{t('users.suspended')}</Badge>,
      below: (user) => <OtherNames user={user} />,
      breaksWords: true,
    },
    {
      name: 'primaryPhone',
      title: t('users.fields.primaryPhone'),
      value: ({ primaryPhone }) => primaryPhone,
      visibleFrom: 'sm',
    },
    {
      name: 'lastSignIn',
      title: t('users.fields.lastSignIn'),
      value: ({ lastSignInAt }) => (lastSignInAt === null ? t('users.never') : <TimeText at={lastSignInAt} />),
      visibleFrom: 'sm',
    },
  ];
  return (
    <ListTable
      title={t('users.navigation')}
      rows={users}
      columns={columns}
      link={({ id }, name) => (
        <PageLink to="/users/$userId" params={{ userId: id }} fw={600}>
          {name}
        </PageLink>
      )}
    />
  );
}

/** What else a user is known by, as far as it stands nowhere else in the row. */
function OtherNames({ user: { name, username, primaryPhone } }: { user: User }) {
  return (
    <>
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
    </>
  );
}
