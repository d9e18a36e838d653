import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { List } from '../lists/list.tsx';
import { Allowed } from '../session/role.tsx';
import { ButtonLink } from '../shell/links.tsx';
import { PageHeading, PageTop } from '../shell/page-heading.tsx';
import { ResourceTable } from './resource-table.tsx';
import { resourcesQuery } from './resources-api.ts';

const route = getRouteApi('/signed-in/frame/resources');

/** The resources, a page at a time; the Management API is always one of them. */
export function ResourcesPage() {
  const { t } = useTranslation();
  const { page = 1 } = route.useSearch();
  const query = useQuery(resourcesQuery(page));
  return (
    <Stack>
      <PageTop
        lead={t('resources.lead')}
        actions={
          <Allowed as="operator">
            <ButtonLink to="/resources/create" search>
              {t('resources.create.open')}
            </ButtonLink>
          </Allowed>
        }
      >
        <PageHeading title={t('sections.resources')} />
      </PageTop>
      <List query={query} page={page} empty={null}>
        {(resources) => <ResourceTable resources={resources} />}
      </List>
      <Outlet />
    </Stack>
  );
}
