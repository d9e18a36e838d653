import { Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { tellSuccess } from '../shell/notices.ts';
import { deleteResource, resourceQuery, resourcesKey } from './resources-api.ts';

const route = getRouteApi('/signed-in/frame/resources/$id');

/** Asks before a resource is deleted. */
export function DeleteResource() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { id } = route.useParams();
  const { data: resource } = useQuery(resourceQuery(id));
  const deleting = useMutation({
    mutationFn: () => deleteResource(id),
    onSuccess: async () => {
      tellSuccess(t('resources.delete.done'));
      await navigate({ to: '/resources', ignoreBlocker: true });
      queries.removeQueries({ queryKey: resourceQuery(id).queryKey });
      await queries.invalidateQueries({ queryKey: resourcesKey });
    },
  });
  return (
    <ConfirmDialog
      title={t('resources.delete.open')}
      confirm={t('resources.delete.submit')}
      isDangerous
      isPending={deleting.isPending}
      error={deleting.error}
      onConfirm={() => deleting.mutate()}
      onClose={() => void navigate({ to: '/resources/$id', params: { id } })}
    >
      <Text>{t('resources.delete.text', { name: resource?.name ?? id })}</Text>
    </ConfirmDialog>
  );
}
