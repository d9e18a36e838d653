import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { PageSkeleton } from '../../shell/page-skeleton.tsx';

type Query<Entry> = { data: readonly Entry[] | undefined; error: unknown; refetch: () => unknown };

type Props<Entry> = {
  query: Query<Entry>;
  /** Said where there are none. */
  none: string;
  keyOf: (entry: Entry) => string;
  /** What an entry is, in one line. */
  title: (entry: Entry) => ReactNode;
  /** What else is known of it. */
  text: (entry: Entry) => ReactNode;
  /** What can be done about it. */
  action?: (entry: Entry) => ReactNode;
};

/** A few things of one user, a line or two each. */
export function Entries<Entry>({ query, none, keyOf, title, text, action }: Props<Entry>) {
  const { data, error, refetch } = query;
  if (error) return <ErrorNotice error={error} onRetry={refetch} />;
  if (!data) return <PageSkeleton rows={1} />;
  if (data.length === 0) return <Text size="sm">{none}</Text>;
  return (
    <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
      {data.map((entry) => (
        <Group component="li" key={keyOf(entry)} justify="space-between" gap="xs" style={{ overflowWrap: 'anywhere' }}>
          <div>
            <Text size="sm" fw={600} component="div">
              {title(entry)}
            </Text>
            <Text size="sm" c="dimmed" component="div">
              {text(entry)}
            </Text>
          </div>
          {action?.(entry)}
        </Group>
      ))}
    </Stack>
  );
}
