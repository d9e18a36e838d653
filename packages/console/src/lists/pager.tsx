import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageLink } from '../shell/links.tsx';
import { pageSize } from './paging.ts';

/** Links to the pages before and after; the number of the page is `page` in the address. Nothing for a single page. */
export function Pager({ page, total }: { page: number; total: number }) {
  const { t } = useTranslation();
  const pages = Math.max(1, Math.ceil(total / pageSize));
  if (pages === 1 && page === 1) return null;
  return (
    <Group component="nav" aria-label={t('lists.pages')} justify="space-between" mt="md">
      {page > 1 ? <ToPage page={Math.min(page - 1, pages)} label={t('lists.previous')} /> : <span />}
      <Text size="sm" c="dimmed">
        {t('lists.page', { page, pages })}
      </Text>
      {page < pages ? <ToPage page={page + 1} label={t('lists.next')} /> : <span />}
    </Group>
  );
}

function ToPage({ page, label }: { page: number; label: string }) {
  const search = (previous: object) => ({ ...previous, page: page === 1 ? undefined : page });
  return (
    // The list may be any that has a page in its address, which types cannot tell.
    <PageLink to="." search={search as never} size="sm">
      {label}
    </PageLink>
  );
}
