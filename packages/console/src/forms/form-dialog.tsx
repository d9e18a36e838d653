import { Button, Group, Stack } from '@mantine/core';
import { type FormEvent, type ReactNode, type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../shell/dialog.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { withLeft } from './with-left.ts';

type Props = {
  title: string;
  /** What the button says. */
  submit: string;
  isPending: boolean;
  /** What went wrong, unless it stands at a field. */
  error: unknown;
  /** Wider, where what is to be filled in needs the room. */
  isWide?: boolean;
  /** What is filled in: the button says how many fields of it are still to be put right. */
  form: { ref: RefObject<HTMLFormElement | null>; left: number };
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** A dialog with fields in it, a button to go on and one to leave. */
export function FormDialog({
  title,
  submit,
  isPending,
  error,
  isWide = false,
  form,
  onSubmit,
  onClose,
  children,
}: Props) {
  const { t } = useTranslation();
  // What was refused as it was before says nothing of what is typed now.
  const [outdated, setOutdated] = useState<unknown>();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending) onSubmit();
  };
  return (
    <Dialog
      onClose={onClose}
      title={title}
      size={isWide ? 'lg' : 'md'}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={send} onChange={() => setOutdated(error)} noValidate ref={form.ref}>
        <Stack>
          {children}
          {error !== undefined && error !== null && error !== outdated && <ErrorNotice error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" loading={isPending}>
              {withLeft(t, submit, form.left)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
