import { Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { tellSuccess } from '../shell/notices.ts';
import { deleteUser, nameOf, userQuery, usersKey } from './users-api.ts';

const route = getRouteApi('/signed-in/frame/users/$userId');

/** Asks before a user is deleted. */
export function DeleteUser() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { userId } = route.useParams();
  const { data: user } = useQuery(userQuery(userId));
  const deleting = useMutation({
    mutationFn: () => deleteUser(userId),
    onSuccess: async () => {
      tellSuccess(t('users.delete.done'));
      await navigate({ to: '/users', ignoreBlocker: true });
      queries.removeQueries({ queryKey: userQuery(userId).queryKey });
      await queries.invalidateQueries({ queryKey: usersKey });
    },
  });
  return (
    <ConfirmDialog
      title={t('users.delete.open')}
      confirm={t('users.delete.submit')}
      isDangerous
      isPending={deleting.isPending}
      error={deleting.error}
      onConfirm={() => deleting.mutate()}
      onClose={() => void navigate({ to: '/users/$userId', params: { userId } })}
    >
      <Text>{t('users.delete.text', { name: user ? nameOf(user) : userId })}</Text>
    </ConfirmDialog>
  );
}
