import { Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { tellSuccess } from '../shell/notices.ts';
import { deleteWebhook, webhookQuery, webhooksQuery } from './webhooks-api.ts';

const route = getRouteApi('/signed-in/frame/webhooks/$id');

/** Asks before a webhook is deleted. */
export function DeleteWebhook() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { id } = route.useParams();
  const { data: webhook } = useQuery(webhookQuery(id));
  const deleting = useMutation({
    mutationFn: () => deleteWebhook(id),
    onSuccess: async () => {
      tellSuccess(t('webhooks.delete.done'));
      await navigate({ to: '/webhooks', ignoreBlocker: true });
      queries.removeQueries({ queryKey: webhookQuery(id).queryKey });
      await queries.invalidateQueries({ queryKey: webhooksQuery.queryKey });
    },
  });
  return (
    <ConfirmDialog
      title={t('webhooks.delete.title')}
      confirm={t('webhooks.delete.submit')}
      isDangerous
      isPending={deleting.isPending}
      error={deleting.error}
      onConfirm={() => deleting.mutate()}
      onClose={() => void navigate({ to: '/webhooks/$id', params: { id } })}
    >
      <Text>{t('webhooks.delete.text', { name: webhook?.name || (webhook?.config.url ?? id) })}</Text>
    </ConfirmDialog>
  );
}
