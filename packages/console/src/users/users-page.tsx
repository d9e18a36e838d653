import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../lists/empty-state.tsx';
import { List } from '../lists/list.tsx';
import { inexactTotal } from '../lists/total-text.ts';
import { Allowed } from '../session/role.tsx';
import { ButtonLink } from '../shell/links.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { SearchBox } from './search-box.tsx';
import { UserTable } from './user-table.tsx';
import { usersQuery } from './users-api.ts';

const route = getRouteApi('/signed-in/frame/users');

/** The users, a page at a time; what is searched for stands in the address. */
export function UsersPage() {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const { search = '', page = 1 } = route.useSearch();
  return (
    <Stack>
      <Group justify="space-between">
        <PageHeading title={t('users.navigation')} />
        <Allowed as="operator">
          <ButtonLink to="/users/create" search>
            {t('users.create.open')}
          </ButtonLink>
        </Allowed>
      </Group>
      <Text c="dimmed">{t('users.lead')}</Text>
      <SearchBox
        search={search}
        onSearch={(next) => void navigate({ search: next === '' ? {} : { search: next }, replace: true })}
      />
      <UserList search={search} page={page} />
      <Outlet />
    </Stack>
  );
}

function UserList({ search, page }: { search: string; page: number }) {
  const { t, i18n } = useTranslation();
  const query = useQuery(usersQuery({ search, page }));
  const total = query.data?.total ?? 0;
  return (
    <List
      query={query}
      page={page}
      above={
        <Text size="sm" c="dimmed" role="status" mb="xs">
          {query.data &&
            total > 0 &&
            (inexactTotal(t, i18n.language, query.data) ?? t('users.total', { count: total }))}
        </Text>
      }
      empty={total === 0 && <Nobody isSearched={search !== ''} />}
    >
      {(users) => <UserTable users={users} />}
    </List>
  );
}

function Nobody({ isSearched }: { isSearched: boolean }) {
  const { t } = useTranslation();
  return isSearched ? (
    <EmptyState title={t('users.nothing.title')} text={t('users.nothing.text')}>
      <ButtonLink variant="default" to="/users" search={{}}>
        {t('users.nothing.showAll')}
      </ButtonLink>
    </EmptyState>
  ) : (
    <EmptyState title={t('users.empty.title')} text={t('users.empty.text')}>
      <Allowed as="operator">
        <ButtonLink to="/users/create">{t('users.create.open')}</ButtonLink>
      </Allowed>
    </EmptyState>
  );
}
