import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Something that is known of a user, below what it is. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <Text size="sm">{children}</Text>
    </div>
  );
}
