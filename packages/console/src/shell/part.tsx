import { Alert, Stack, Text } from '@mantine/core';
import { CatchBoundary, type ErrorRouteComponent } from '@tanstack/react-router';
import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsFor } from './fetched-code.ts';
import { IconAlertTriangle } from './icons.tsx';
import { LoadAnewButton } from './load-anew-button.tsx';

type Props = {
  /** Stands there while the code is fetched. */
  fallback?: ReactNode;
  /** Stands there where that fails; the same component each time. */
  broken?: ErrorRouteComponent;
  children: ReactNode;
};

/**
 * A part of a page whose code is fetched when it is shown. What is around it stays where that fails, with what is
 * typed.
 */
export function Part({ fallback = null, broken = BrokenPart, children }: Props) {
  return (
    <CatchBoundary getResetKey={() => 0} errorComponent={broken}>
      <Suspense fallback={fallback}>{children}</Suspense>
    </CatchBoundary>
  );
}

/** Says of a part that it is not there, and why. */
export function BrokenPart({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const which = wordsFor(error);
  return (
    <Alert role="alert" color="red" variant="outline" icon={<IconAlertTriangle />} title={t(`shell.${which}.part`)}>
      <Stack align="flex-start" gap="sm">
        <Text size="sm">{t(`shell.${which}.partText`)}</Text>
        <LoadAnewButton size="xs" variant="default" />
      </Stack>
    </Alert>
  );
}
