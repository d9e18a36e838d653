import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog.tsx';
import { ErrorNotice } from './error-notice.tsx';

type Props = {
  title: string;
  /** What the button says; it names the deed. */
  confirm: string;
  isDangerous?: boolean;
  /** Has to be typed before the button works. */
  typed?: { label: string; text: string };
  isPending: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** Asks before something that cannot be taken back, or that matters to others. */
export function ConfirmDialog(props: Props) {
  const { title, confirm, isDangerous = false, typed, isPending, error, onConfirm, onClose, children } = props;
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const isAllowed = typed === undefined || text.trim() === typed.text;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isAllowed) onConfirm();
  };
  return (
    <Dialog onClose={onClose} title={title}>
      <form onSubmit={submit}>
        <Stack>
          {children}
          {typed && (
            <TextInput
              label={typed.label}
              value={text}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setText(event.currentTarget.value)}
              data-autofocus
            />
          )}
          {error !== null && error !== undefined && <ErrorNotice error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" disabled={!isAllowed} loading={isPending} {...(isDangerous && { color: 'red' })}>
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
