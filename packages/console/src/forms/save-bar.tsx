import { Button, Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../session/role.tsx';
import { LeaveGuard } from '../shell/leave-guard.tsx';
import classes from './save-bar.module.css';
import { withLeft } from './with-left.ts';

type Props = {
  isDirty: boolean;
  isSaving: boolean;
  /** How many fields are still to be put right. */
  left?: number;
  /** Where the page is; its dialogs are below. */
  ownPath: string;
  onDiscard: () => void;
  /** Left out, the save button submits the form around it. */
  onSave?: () => void;
  /** What the save button says when it is more than saving. */
  submit?: string | undefined;
  /** What went wrong with the last try. */
  children?: ReactNode;
};

/** Shows itself when something changed; asks before the page is left. */
export function SaveBar({ isDirty, isSaving, left = 0, ownPath, onDiscard, onSave, submit, children }: Props) {
  const { t } = useTranslation();
  const mayChange = useMay('operator');
  return (
    <>
      <LeaveGuard isDirty={isDirty} ownPath={ownPath} />
      {isDirty && mayChange && (
        <Paper
          className={classes.bar}
          withBorder
          shadow="md"
          p="sm"
          role="region"
          aria-label={t('forms.unsaved')}
          data-saves
        >
          {children}
          <Group justify="space-between" gap="xs">
            <Text size="sm" role="status">
              {t('forms.unsaved')}
            </Text>
            <Group gap="xs">
              <Button variant="default" onClick={onDiscard} disabled={isSaving}>
                {t('forms.discard')}
              </Button>
              <Button type={onSave ? 'button' : 'submit'} loading={isSaving} onClick={onSave}>
                {withLeft(t, submit ?? t('forms.save'), left)}
              </Button>
            </Group>
          </Group>
        </Paper>
      )}
    </>
  );
}
