import { Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Stands where a page will be. */
export function PageSkeleton({ rows = 3 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap="md" role="status" aria-label={t('shell.loading')}>
      <Skeleton height={30} width="40%" />
      <Skeleton height={14} width="70%" />
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: all alike, and never moved
        <Skeleton key={row} height={84} radius="md" />
      ))}
    </Stack>
  );
}
