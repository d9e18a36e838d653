import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Allowed } from '../../session/role.tsx';
import { tellSuccess, useFailureNotice } from '../../shell/notices.ts';
import { liftSuppression, suppressionsKey } from './suppressions-api.ts';

/** Lets mail go to an address again. @param shown what the address is called */
export function LiftButton({ email, shown = email }: { email: string; shown?: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const tellFailure = useFailureNotice();
  const lifting = useMutation({
    mutationFn: () => liftSuppression(email),
    onSuccess: () => tellSuccess(t('messages.suppressions.lifted')),
    onError: tellFailure,
    onSettled: () => queries.invalidateQueries({ queryKey: [suppressionsKey] }),
  });
  return (
    <Allowed as="operator">
      <Button
        size="xs"
        variant="default"
        aria-label={t('messages.suppressions.liftOf', { email: shown })}
        loading={lifting.isPending}
        onClick={() => lifting.mutate()}
      >
        {t('messages.suppressions.lift')}
      </Button>
    </Allowed>
  );
}
