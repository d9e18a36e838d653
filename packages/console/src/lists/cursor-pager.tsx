import { Group, NativeSelect, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ListPage, Total } from '../api/client.ts';
import { PageLink } from '../shell/links.tsx';
import { pageSizes } from './use-view.ts';

type Props = {
  page: number;
  found: Pick<ListPage<unknown>, 'next' | 'previous'>;
  total: Total | undefined;
  size: number;
  onSize: (size: number) => void;
};

/** Links to the pages before and after, by their places, so that any depth is as fast; and how many rows a page has. */
export function CursorPager({ page, found: { next, previous }, total, size, onSize }: Props) {
  const { t } = useTranslation();
  const pages = total?.totalIs === 'exact' ? Math.max(page, Math.ceil(total.total / size)) : undefined;
  if (!next && !previous && page === 1 && size === pageSizes[0]) return null;
  const first = { page: undefined, after: undefined, before: undefined };
  const before = page > 2 && previous ? { ...first, page: page - 1, before: previous } : first;
  return (
    <Group component="nav" aria-label={t('lists.pages')} justify="space-between" mt="md">
      <Group gap="md">
        {page > 2 && <ToPage step={first} label={t('lists.first')} />}
        {(page > 1 || previous) && <ToPage step={before} label={t('lists.previous')} />}
      </Group>
      <Group gap="md">
        <Text size="sm" c="dimmed">
          {pages ? t('lists.page', { page, pages }) : t('lists.pageAlone', { page })}
        </Text>
        <NativeSelect
          size="xs"
          aria-label={t('lists.pageSize')}
          value={size}
          data={pageSizes.map((rows) => ({ value: String(rows), label: t('lists.rows', { count: rows }) }))}
          onChange={(event) => onSize(Number(event.currentTarget.value))}
        />
      </Group>
      {next ? <ToPage step={{ ...first, page: page + 1, after: next }} label={t('lists.next')} /> : <span />}
    </Group>
  );
}

function ToPage({ step, label }: { step: object; label: string }) {
  return (
    // The list may be any that has a page in its address, which types cannot tell.
    <PageLink to="." search={((now: object) => ({ ...now, ...step })) as never} size="sm">
      {label}
    </PageLink>
  );
}
