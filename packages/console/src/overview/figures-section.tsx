import { Group, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useId } from 'react';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';

type Props<Data> = {
  title: string;
  /** What stands beside the heading. */
  beside?: ReactNode;
  query: UseQueryResult<Data>;
  children: (data: Data) => ReactNode;
};

/** A section of figures: while they load, when that fails, and what they are. */
export function FiguresSection<Data>({ title, beside, query, children }: Props<Data>) {
  const id = useId();
  const { data, error, isPlaceholderData, refetch } = query;
  return (
    <Stack component="section" aria-labelledby={id} gap="lg">
      <Group justify="space-between" align="flex-end">
        <Text component="h2" id={id} fw={650} size="lg">
          {title}
        </Text>
        {beside}
      </Group>
      {error && <ErrorNotice error={error} onRetry={refetch} />}
      {!error && data === undefined && <PageSkeleton rows={2} />}
      {data !== undefined && (
        <Stack gap="lg" aria-busy={isPlaceholderData}>
          {children(data)}
        </Stack>
      )}
    </Stack>
  );
}
