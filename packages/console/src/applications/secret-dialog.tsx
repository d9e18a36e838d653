import { Alert, Button, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Copyable } from '../forms/copyable.tsx';
import { Dialog } from '../shell/dialog.tsx';
import { IconKey } from '../shell/icons.tsx';
import type { Application } from './applications-api.ts';
import { Snippet } from './snippet-panel.tsx';

type Props = { application: Application; secret: string; onClose: () => void };

/** Tells a secret, this once. Only its button closes it, so that no stray click takes the secret away. */
export function SecretDialog({ application, secret, onClose }: Props) {
  const { id, isAdmin } = application;
  const { t } = useTranslation();
  return (
    <Dialog
      onClose={onClose}
      title={t('applications.secret.title')}
      size="lg"
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack>
        <Alert variant="default" icon={<IconKey />} title={t('applications.secret.once')} />
        <Copyable label={t('applications.fields.id')} value={id} />
        <Copyable label={t('applications.fields.secret')} value={secret} />
        {isAdmin && <Snippet application={application} secret={secret} />}
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            {t('applications.secret.kept')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
