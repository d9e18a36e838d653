import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Total } from '../api/client.ts';
import { PageLink } from '../shell/links.tsx';
import { pageSize } from './paging.ts';

/** Links to the pages before and after; the number of the page is `page` in the address. Nothing for a single page. */
export function Pager({ page, total, totalIs, hasNext }: { page: number; hasNext: boolean } & Total) {
  const { t } = useTranslation();
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const isExact = totalIs === 'exact';
  if (page === 1 && !hasNext) return null;
  return (
    <Group component="nav" aria-label={t('lists.pages')} justify="space-between" mt="md">
      {page > 1 ? (
        <ToPage page={isExact ? Math.min(page - 1, pages) : page - 1} label={t('lists.previous')} />
      ) : (
        <span />
      )}
      <Text size="sm" c="dimmed">
        {isExact ? t('lists.page', { page, pages }) : t('lists.pageAlone', { page })}
      </Text>
      {hasNext ? <ToPage page={page + 1} label={t('lists.next')} /> : <span />}
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
