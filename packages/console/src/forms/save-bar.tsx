import { Button, Group, Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LeaveGuard } from '../shell/leave-guard.tsx';
import classes from './save-bar.module.css';

type Props = {
  isDirty: boolean;
  isSaving: boolean;
  /** Where the page is; its dialogs are below. */
  ownPath: string;
  onDiscard: () => void;
};

/** Shows itself when something changed; asks before the page is left. Its save button submits the form around it. */
export function SaveBar({ isDirty, isSaving, ownPath, onDiscard }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <LeaveGuard isDirty={isDirty} ownPath={ownPath} />
      {isDirty && (
        <Paper className={classes.bar} withBorder shadow="md" p="sm" role="region" aria-label={t('forms.unsaved')}>
          <Group justify="space-between" gap="xs">
            <Text size="sm">{t('forms.unsaved')}</Text>
            <Group gap="xs">
              <Button variant="default" onClick={onDiscard} disabled={isSaving}>
                {t('forms.discard')}
              </Button>
              <Button type="submit" loading={isSaving}>
                {t('forms.save')}
              </Button>
            </Group>
          </Group>
        </Paper>
      )}
    </>
  );
}
