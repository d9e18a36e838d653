import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { issuesOf, toApiError } from '../api/api-error.ts';
import type { ListPage } from '../api/client.ts';
import { nextReadMs, timed } from '../api/following.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { IconRefresh } from '../shell/icons.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import type { Column } from './column.ts';
import { ColumnMenu } from './column-menu.tsx';
import { CursorPager } from './cursor-pager.tsx';
import { EmptyState } from './empty-state.tsx';
import { useExport } from './export-menu.tsx';
import { type Filter, Filters } from './filters.tsx';
import { isFiltered, type ListSearch, listQueryOf, withoutPage } from './list-search.ts';
import { ListTable } from './list-table.tsx';
import classes from './long-list.module.css';
import { neededFor, sortsOf, sortText } from './order.ts';
import { inexactTotal } from './total-text.ts';
import { useView } from './use-view.ts';

/** What is asked of the API, beside the filters of the list. */
export type ListQuery = ReturnType<typeof listQueryOf> & { page_size?: number };

/** A column that may be chosen. */
export type ListColumn<Row> = Column<Row> & {
  /** Whether it is only there when it was chosen. */
  isExtra?: boolean;
};

type Props<Row extends { id: string }, Query extends object> = {
  /** The first of its keys in the cache, the name of its files, and what its view is remembered under. */
  name: string;
  title: string;
  /** What stands in the address. */
  search: ListSearch;
  filters: readonly Filter[];
  /** The filters as the API has them. */
  query: Query;
  read: (query: Query & ListQuery) => Promise<ListPage<Row>>;
  /** The address that exports are read from. */
  path: string;
  columns: readonly ListColumn<Row>[];
  link?: (row: Row, value: ReactNode) => ReactNode;
  /** How many there are, in words. */
  countText: (count: number) => string;
  /** What stands beside the other buttons. */
  actions?: ReactNode;
  /** Stands where there is nothing at all. */
  empty: ReactNode;
  /** What may be done, or known, where nothing matches. */
  noMatch?: ReactNode;
  /** How often the list is read anew, in milliseconds; for good, or while what it shows is not settled. */
  refetchMs?: number | ((rows: readonly Row[]) => number | undefined);
  /** What is wrong with a filter, told beside it: there is nothing to show then. */
  isRefused?: (error: unknown) => boolean;
};

/**
 * A list that may have millions of entries: filters, order and page in the address, columns and the size of a page
 * remembered, pages by their place, and exports.
 */
export function LongList<Row extends { id: string }, Query extends object>(props: Props<Row, Query>) {
  const { name, title, search, filters, query, read, columns, link, actions, empty, noMatch, refetchMs, isRefused } =
    props;
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const usual = columns.filter(({ isExtra }) => !isExtra).map((column) => column.name);
  const view = useView(name, usual);
  // The list may be any that has these in its address, which types cannot tell.
  const go = (to: (before: object) => object, replace = false) =>
    void navigate({ to: '.', search: to as never, replace });
  // What is typed letter by letter is one step back.
  const change = (part: object, isTyped = false) => go((before) => ({ ...withoutPage(before), ...part }), isTyped);
  const [clearings, setClearings] = useState(0);
  const clear = () => {
    setClearings((count) => count + 1);
    go(() => ({}));
  };
  const sortBy = (sort: string) => change({ sort: sort === 'newest' ? undefined : sort });
  const needed = neededFor(search.sort, columns);
  const isByCursor = Boolean(search.after || search.before);

  const list = useQuery({
    queryKey: [name, 'list', query, search, view.size],
    queryFn: () => timed(() => read({ ...query, ...listQueryOf(search, Date.now()), page_size: view.size })),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => {
      const every = typeof refetchMs === 'function' ? refetchMs(data?.entries ?? []) : refetchMs;
      return every !== undefined && nextReadMs(data?.tookMs, every);
    },
  });
  const whole = withoutPage(search);
  // A page by its place does not say how many there are.
  const first = useQuery({
    queryKey: [name, 'total', query, whole],
    queryFn: () => read({ ...query, ...listQueryOf(whole, Date.now()), page_size: 1 }),
    enabled: isByCursor,
  });
  const total = list.data?.total ?? first.data?.total;

  const exported = useExport({
    name,
    total,
    addressOf: (format) => {
      const asked = { ...query, ...listQueryOf(whole, Date.now()), format };
      const given = Object.entries(asked).filter(([, value]) => value !== undefined);
      return `${props.path}?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}`;
    },
  });

  const refused = list.error !== null && isRefused?.(list.error);
  const rows = list.error && !(refetchMs && list.data) ? undefined : list.data?.entries;
  const shown = columns.filter((column) => view.columns.includes(column.name));
  // A place that is not there, or not any more: the list begins anew.
  const isNowhere = refusesPlace(list.error) || (rows?.length === 0 && !list.isPlaceholderData && !isAtStart(search));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each place
  useEffect(() => {
    if (isNowhere) go(withoutPage, true);
  }, [isNowhere]);
  const isSomewhere = isFiltered(search) || !isAtStart(search) || needed !== undefined;
  return (
    <>
      <Filters filters={filters} search={search} onChange={change} onClear={clear} clearings={clearings} />
      <Group justify="space-between" gap="sm">
        <Text size="sm" role="status">
          {total && !list.error && (inexactTotal(t, i18n.language, total) ?? props.countText(total.total))}
        </Text>
        <Group gap="xs">
          {actions}
          <NativeSelect
            size="xs"
            aria-label={t('lists.sort.label')}
            value={search.sort ?? 'newest'}
            data={sortsOf(columns).map((value) => ({ value, label: sortText(t, value, columns) }))}
            onChange={(event) => sortBy(event.currentTarget.value)}
          />
          <ColumnMenu columns={columns} shown={view.columns} onChange={view.setColumns} />
          {exported.menu}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} />}
            loading={list.isFetching && (!refetchMs || list.isPlaceholderData)}
            onClick={() => void list.refetch()}
          >
            {t('lists.refresh')}
          </Button>
        </Group>
      </Group>
      {needed && (
        <Text size="sm" c="dimmed">
          {t('lists.sort.onlyWith', { column: needed })}
        </Text>
      )}
      {exported.progress}
      {list.error && !refused && !isNowhere ? (
        <ErrorNotice error={list.error} onRetry={list.refetch} />
      ) : (
        !list.data && !refused && <PageSkeleton rows={6} />
      )}
      {rows && !refused && (
        <div aria-busy={list.isPlaceholderData} className={classes.list}>
          {rows.length > 0 ? (
            <ListTable
              title={title}
              rows={rows}
              columns={shown.length > 0 ? shown : columns}
              asCards
              order={{
                sort: search.sort ?? 'newest',
                change: sortBy,
              }}
              highlightOnHover
              {...(link && { link })}
            />
          ) : isSomewhere ? (
            <NoMatch onClear={clear}>{noMatch}</NoMatch>
          ) : (
            empty
          )}
          {(rows.length > 0 || isByCursor) && list.data && (
            <CursorPager
              page={search.page ?? 1}
              found={list.data}
              total={total}
              size={view.size}
              onSize={(size) => {
                view.setSize(size);
                go(withoutPage);
              }}
            />
          )}
        </div>
      )}
    </>
  );
}

const isAtStart = ({ page = 1, after, before }: ListSearch) => page === 1 && !after && !before;

const refusesPlace = (error: unknown) =>
  error !== null && issuesOf(toApiError(error)).some(({ path }) => ['page', 'after', 'before'].includes(path));

function NoMatch({ onClear, children }: { onClear: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <EmptyState title={t('lists.noMatch.title')} text={t('lists.noMatch.text')}>
      {children}
      <Button variant="default" onClick={onClear}>
        {t('lists.clear')}
      </Button>
    </EmptyState>
  );
}
