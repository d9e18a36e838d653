import { Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { takeAnswer } from '../api/take-answer.ts';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { tellSuccess } from '../shell/notices.ts';
import { replaceKey, webhookQuery } from './webhooks-api.ts';

const route = getRouteApi('/signed-in/frame/webhooks/$id');

/** Asks before requests are signed with another key. */
export function ReplaceKey() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { id } = route.useParams();
  const close = () => void navigate({ to: '/webhooks/$id', params: { id } });
  const replacing = useMutation({
    mutationFn: () => replaceKey(id),
    onSuccess: (webhook) => {
      takeAnswer(queries, webhookQuery(id).queryKey, webhook);
      tellSuccess(t('webhooks.key.replaced'));
      close();
    },
  });
  return (
    <ConfirmDialog
      title={t('webhooks.key.replace')}
      confirm={t('webhooks.key.submit')}
      isDangerous
      isPending={replacing.isPending}
      error={replacing.error}
      onConfirm={() => replacing.mutate()}
      onClose={close}
    >
      <Text>{t('webhooks.key.text')}</Text>
    </ConfirmDialog>
  );
}
