import { Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Stands where a list has nothing: says why, and offers the next step. */
export function EmptyState({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <Paper withBorder p="xl" radius="md">
      <Stack align="flex-start" gap="xs">
        <Text component="h2" fw={650} size="lg">
          {title}
        </Text>
        <Text>{text}</Text>
        {children}
      </Stack>
    </Paper>
  );
}
