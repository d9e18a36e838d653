import { Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { tellSuccess } from '../shell/notices.ts';
import { administratorsQuery, removeAdministrator } from './administrators-api.ts';

const route = getRouteApi('/signed-in/frame/administrators/$id/remove');

/** Asks before an administrator is removed. */
export function RemoveAdministrator() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { id } = route.useParams();
  const { data } = useQuery(administratorsQuery);
  const username = data?.find((each) => each.id === id)?.username ?? id;
  const close = () => void navigate({ to: '/administrators' });
  const removing = useMutation({
    mutationFn: () => removeAdministrator(id),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: administratorsQuery.queryKey });
      tellSuccess(t('administrators.remove.done'));
      close();
    },
  });
  return (
    <ConfirmDialog
      title={t('administrators.remove.title')}
      confirm={t('administrators.remove.submit')}
      isDangerous
      isPending={removing.isPending}
      error={removing.error}
      onConfirm={() => removing.mutate()}
      onClose={close}
    >
      <Text style={{ overflowWrap: 'anywhere' }}>{t('administrators.remove.text', { username })}</Text>
    </ConfirmDialog>
  );
}
