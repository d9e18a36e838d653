import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { rotateSecret } from './applications-api.ts';
import { SecretDialog } from './secret-dialog.tsx';

const route = getRouteApi('/signed-in/frame/applications/$id');

/** Asks before the secret is replaced, and then tells the new one. */
export function RotateSecret() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id } = route.useParams();
  const close = () => void navigate({ to: '/applications/$id', params: { id } });
  const rotating = useMutation({ mutationFn: () => rotateSecret(id), gcTime: 0 });
  if (rotating.data) return <SecretDialog application={rotating.data} secret={rotating.data.secret} onClose={close} />;
  return (
    <ConfirmDialog
      title={t('applications.rotate.open')}
      confirm={t('applications.rotate.submit')}
      isDangerous
      isPending={rotating.isPending}
      error={rotating.error}
      onConfirm={() => rotating.mutate()}
      onClose={close}
    >
      <Text>{t('applications.rotate.text')}</Text>
    </ConfirmDialog>
  );
}
