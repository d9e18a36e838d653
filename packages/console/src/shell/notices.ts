import type { NotificationData } from '@mantine/notifications';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from './error-text.ts';

const fetchBoard = () => import('./notice-board.tsx');

/** Shows a notice; what draws notices is fetched after what was opened first. */
async function show(notice: NotificationData): Promise<void> {
  const { showNotice } = await fetchBoard();
  showNotice(notice);
}

/** Says in a corner that something was done. */
export function tellSuccess(message: string): void {
  void show({ message, color: 'green', withCloseButton: false, role: 'status' });
}

/** A function that says in a corner what failed. */
export function useFailureNotice(): (error: unknown) => void {
  const { t, i18n } = useTranslation();
  // Once something fails the server may be away.
  useEffect(() => {
    fetchBoard().catch(() => {});
  }, []);
  return (error) =>
    void show({
      color: 'red',
      title: t('shell.errors.title'),
      message: errorText(t, error, i18n.language),
      autoClose: 10_000,
      closeButtonProps: { 'aria-label': t('shell.close') },
      role: 'alert',
    });
}
