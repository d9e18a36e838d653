import { Alert, Button, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Copyable } from '../forms/copyable.tsx';
import { Dialog } from '../shell/dialog.tsx';
import { IconKey } from '../shell/icons.tsx';

/** Tells the recovery codes, this once. Only its button closes it, so that no stray click takes them away. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog
      onClose={onClose}
      title={t('account.recoveryCodes.title')}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack>
        <Alert variant="default" icon={<IconKey />} title={t('account.recoveryCodes.once')}>
          {t('account.recoveryCodes.lead')}
        </Alert>
        <Copyable label={t('account.recoveryCodes.codes')} value={codes.join('\n')} isBlock />
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            {t('account.recoveryCodes.kept')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
