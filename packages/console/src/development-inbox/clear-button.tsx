import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Allowed } from '../session/role.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { IconTrash } from '../shell/icons.tsx';
import { clearInbox, inboxKey } from './inbox-api.ts';

/** Empties the inbox, after asking. */
export function ClearButton() {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const queries = useQueryClient();
  const clearing = useMutation({
    mutationFn: clearInbox,
    onSuccess: async () => {
      setAsking(false);
      await queries.invalidateQueries({ queryKey: inboxKey });
    },
  });
  return (
    <Allowed as="operator">
      <Button
        size="xs"
        variant="default"
        leftSection={<IconTrash size={14} />}
        onClick={() => {
          clearing.reset();
          setAsking(true);
        }}
      >
        {t('developmentInbox.clear.open')}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t('developmentInbox.clear.title')}
          confirm={t('developmentInbox.clear.confirm')}
          isDangerous
          isPending={clearing.isPending}
          error={clearing.error}
          onConfirm={() => clearing.mutate()}
          onClose={() => setAsking(false)}
        >
          {t('developmentInbox.clear.text')}
        </ConfirmDialog>
      )}
    </Allowed>
  );
}
