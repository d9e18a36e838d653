import { Button, Group, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog.tsx';

type Props = {
  isDirty: boolean;
  /** What lies below this path belongs to the page, as its dialogs do. */
  ownPath: string;
  /** What is asked about, if it has to know whether it is. */
  children?: (isAsking: boolean) => ReactNode;
};

/** Asks before a page with unsaved changes is left; a navigation with `ignoreBlocker` passes. */
export function LeaveGuard({ isDirty, ownPath, children }: Props) {
  const { t } = useTranslation();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ next }) => isDirty && !`${next.pathname}/`.startsWith(`${ownPath}/`),
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  const isAsking = status === 'blocked';
  return (
    <>
      {children?.(isAsking)}
      {isAsking && (
        <Dialog onClose={() => reset?.()} title={t('shell.leave.title')} zIndex={400}>
          <Text>{t('shell.leave.text')}</Text>
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={() => reset?.()} data-autofocus>
              {t('shell.leave.stay')}
            </Button>
            <Button color="red" onClick={() => proceed?.()}>
              {t('shell.leave.discard')}
            </Button>
          </Group>
        </Dialog>
      )}
    </>
  );
}
