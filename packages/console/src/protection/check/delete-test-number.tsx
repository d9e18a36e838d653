import { Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../shell/confirm-dialog.tsx';
import { tellSuccess } from '../../shell/notices.ts';
import { deleteTestNumber, testNumbersQuery } from './check-api.ts';

const route = getRouteApi('/signed-in/frame/protection/check/test-numbers/$recipient/delete');

/** Asks before a test number becomes an ordinary one. */
export function DeleteTestNumber() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { recipient } = route.useParams();
  const close = () => void navigate({ to: '/protection/check' });
  const deleting = useMutation({
    mutationFn: () => deleteTestNumber(recipient),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: testNumbersQuery.queryKey });
      tellSuccess(t('protection.tests.delete.done'));
      close();
    },
  });
  return (
    <ConfirmDialog
      title={t('protection.tests.delete.title')}
      confirm={t('protection.tests.delete.submit')}
      isDangerous
      isPending={deleting.isPending}
      error={deleting.error}
      onConfirm={() => deleting.mutate()}
      onClose={close}
    >
      <Text>{t('protection.tests.delete.text', { recipient })}</Text>
    </ConfirmDialog>
  );
}
