import { Stack } from '@mantine/core';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../lists/empty-state.tsx';
import { LongList } from '../lists/long-list.tsx';
import { Allowed } from '../session/role.tsx';
import { ButtonLink, PageLink } from '../shell/links.tsx';
import { PageHeading, PageTop } from '../shell/page-heading.tsx';
import { NoUserMatches } from './no-user-matches.tsx';
import { useUserColumns } from './use-user-columns.tsx';
import { readUsers } from './users-api.ts';

const route = getRouteApi('/signed-in/frame/users');

/** The users, a page at a time; what is searched for stands in the address. */
export function UsersPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  return (
    <Stack>
      <PageTop
        lead={t('users.lead')}
        actions={
          <Allowed as="operator">
            <ButtonLink to="/users/create" search>
              {t('users.create.open')}
            </ButtonLink>
          </Allowed>
        }
      >
        <PageHeading title={t('sections.users')} />
      </PageTop>
      <LongList
        name="users"
        title={t('sections.users')}
        search={search}
        filters={[
          {
            name: 'search',
            label: t(search.anywhere ? 'users.search.labelAnywhere' : 'users.search.label'),
            placeholder: t('users.search.placeholder'),
            change: (typed) => ({ search: typed || undefined, anywhere: undefined }),
          },
          {
            name: 'suspended',
            label: t('users.filter.access'),
            options: [
              { value: 'false', label: t('users.filter.active') },
              { value: 'true', label: t('users.suspended') },
            ],
          },
        ]}
        query={{ search: patternOf(search), isSuspended: search.suspended }}
        read={(query) => readUsers(query as object)}
        path="/api/users"
        columns={useUserColumns()}
        link={({ id }, name) => (
          <PageLink to="/users/$userId" params={{ userId: id }} fw={600}>
            {name}
          </PageLink>
        )}
        countText={(count) => t('users.total', { count })}
        noMatch={search.search && !search.anywhere && <NoUserMatches typed={search.search} />}
        empty={
          <EmptyState title={t('users.empty.title')} text={t('users.empty.text')}>
            <Allowed as="operator">
              <ButtonLink to="/users/create">{t('users.create.open')}</ButtonLink>
            </Allowed>
          </EmptyState>
        }
      />
      <Outlet />
    </Stack>
  );
}

/** What the API is asked for: a pattern, in which what was typed stands for itself. */
function patternOf({ search, anywhere }: { search?: string; anywhere?: string }): string | undefined {
  const typed = search?.replace(/[\\%_]/g, '\\$&');
  return typed && anywhere ? `%${typed}%` : typed;
}
