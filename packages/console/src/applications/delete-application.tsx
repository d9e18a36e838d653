import { Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { tellSuccess } from '../shell/notices.ts';
import { applicationQuery, applicationsKey, deleteApplication } from './applications-api.ts';

const route = getRouteApi('/signed-in/frame/applications/$id');

/** Asks before an application is deleted. */
export function DeleteApplication() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { id } = route.useParams();
  const { data: application } = useQuery(applicationQuery(id));
  const deleting = useMutation({
    mutationFn: () => deleteApplication(id),
    onSuccess: async () => {
      tellSuccess(t('applications.delete.done'));
      await navigate({ to: '/applications', ignoreBlocker: true });
      queries.removeQueries({ queryKey: applicationQuery(id).queryKey });
      await queries.invalidateQueries({ queryKey: applicationsKey });
    },
  });
  return (
    <ConfirmDialog
      title={t('applications.delete.open')}
      confirm={t('applications.delete.submit')}
      isDangerous
      isPending={deleting.isPending}
      error={deleting.error}
      onConfirm={() => deleting.mutate()}
      onClose={() => void navigate({ to: '/applications/$id', params: { id } })}
    >
      <Text>{t('applications.delete.text', { name: application?.name ?? id })}</Text>
    </ConfirmDialog>
  );
}
