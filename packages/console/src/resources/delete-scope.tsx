import { Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { tellSuccess } from '../shell/notices.ts';
import { deleteScope, scopesQuery } from './resources-api.ts';

const route = getRouteApi('/signed-in/frame/resources/$id/scopes/$scopeId/delete');

/** Asks before a scope is deleted. */
export function DeleteScope() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { id, scopeId } = route.useParams();
  const { data: scopes } = useQuery(scopesQuery(id));
  const close = () => void navigate({ to: '/resources/$id', params: { id } });
  const deleting = useMutation({
    mutationFn: () => deleteScope(id, scopeId),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: scopesQuery(id).queryKey });
      tellSuccess(t('resources.scopes.delete.done'));
      close();
    },
  });
  const name = scopes?.entries.find((scope) => scope.id === scopeId)?.name ?? scopeId;
  return (
    <ConfirmDialog
      title={t('resources.scopes.delete.title')}
      confirm={t('resources.scopes.delete.submit')}
      isDangerous
      isPending={deleting.isPending}
      error={deleting.error}
      onConfirm={() => deleting.mutate()}
      onClose={close}
    >
      <Text>{t('resources.scopes.delete.text', { name })}</Text>
    </ConfirmDialog>
  );
}
