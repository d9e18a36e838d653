import { Button, Group, Stack } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../shell/dialog.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { LeaveGuard } from '../shell/leave-guard.tsx';
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
  form: { ref: RefObject<HTMLFormElement | null>; left: number; isDirty: boolean };
  onSubmit: () => void;
  /** Leaves for another address. */
  onClose: () => void;
  children: ReactNode;
};

/**
 * A dialog with fields in it, at an address of its own, with a button to go on and one to leave. Whoever leaves otherwise,
 * as by Escape or a click beside it, is asked first once something is filled in.
 */
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
  const [ownPath] = useState(useLocation().pathname);
  // What was refused as it was before says nothing of what is typed now.
  const [outdated, setOutdated] = useState<unknown>();
  const [isGivenUp, setGivenUp] = useState(false);
  // The guard has to know first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a dialog is given up once
  useEffect(() => {
    if (isGivenUp) onClose();
  }, [isGivenUp]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending) onSubmit();
  };
  // The question would take the very key that led to it for its answer.
  const closeAfterwards = () => setTimeout(onClose);
  return (
    // What is sent leads elsewhere by itself.
    <LeaveGuard isDirty={form.isDirty && !isPending && !isGivenUp} ownPath={ownPath}>
      {(isAsking) => (
        <Dialog
          onClose={closeAfterwards}
          title={title}
          size={isWide ? 'lg' : 'md'}
          closeOnEscape={!isAsking}
          closeButtonProps={{ 'aria-label': t('shell.close') }}
        >
          <form onSubmit={send} onChange={() => setOutdated(error)} noValidate ref={form.ref}>
            <Stack>
              {children}
              {error !== undefined && error !== null && error !== outdated && <ErrorNotice error={error} />}
              <Group justify="flex-end">
                <Button variant="default" onClick={() => setGivenUp(true)}>
                  {t('shell.cancel')}
                </Button>
                <Button type="submit" loading={isPending}>
                  {withLeft(t, submit, form.left)}
                </Button>
              </Group>
            </Stack>
          </form>
        </Dialog>
      )}
    </LeaveGuard>
  );
}
