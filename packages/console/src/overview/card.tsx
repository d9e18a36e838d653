import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** A part of the figures, with its heading. */
export function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="lg" radius="md">
      <Text component="h3" fw={650} mb="sm">
        {title}
      </Text>
      {children}
    </Paper>
  );
}
