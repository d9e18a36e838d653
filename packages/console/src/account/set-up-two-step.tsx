import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useForm } from '../forms/use-form.ts';
import { beginTwoStep } from './account-api.ts';
import { ConfirmTwoStep } from './confirm-two-step.tsx';
import { CurrentPasswordInput } from './current-password-input.tsx';
import { RecoveryCodesDialog } from './recovery-codes-dialog.tsx';
import { useBackToAccount } from './use-back-to-account.ts';

/** Sets an authenticator app up: the password, the QR code and a first code, then the recovery codes. */
export function SetUpTwoStep() {
  const { t } = useTranslation();
  const close = useBackToAccount();
  const [codes, setCodes] = useState<string[]>();
  const [failure, setFailure] = useState<unknown>();
  const form = useForm({ currentPassword: '' });
  const beginning = useMutation({
    mutationFn: () => beginTwoStep(form.values),
    gcTime: 0,
    onError: (error) => setFailure(form.refuse(error) ? undefined : error),
  });
  if (codes) return <RecoveryCodesDialog codes={codes} onClose={close} />;
  if (beginning.data) return <ConfirmTwoStep app={beginning.data} onDone={setCodes} onClose={close} />;
  return (
    <FormDialog
      title={t('account.twoStep.open')}
      submit={t('account.twoStep.next')}
      isPending={beginning.isPending}
      error={failure}
      form={form}
      onSubmit={() => beginning.mutate()}
      onClose={close}
    >
      <Text size="sm">{t('account.twoStep.passwordLead')}</Text>
      <CurrentPasswordInput
        value={form.values.currentPassword}
        error={form.problemOf('currentPassword')}
        onChange={(password) => form.change('currentPassword', password)}
      />
    </FormDialog>
  );
}
