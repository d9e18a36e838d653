import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useForm } from '../forms/use-form.ts';
import { useSending } from '../forms/use-sending.ts';
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
  const form = useForm({ currentPassword: '' });
  const { shown, answer } = useSending(form, {
    send: () => beginTwoStep(form.values),
  });
  if (codes) return <RecoveryCodesDialog codes={codes} onClose={close} />;
  if (answer) return <ConfirmTwoStep app={answer} onDone={setCodes} onClose={close} />;
  return (
    <FormDialog title={t('account.twoStep.open')} submit={t('account.twoStep.next')} {...shown} onClose={close}>
      <Text size="sm">{t('account.twoStep.passwordLead')}</Text>
      <CurrentPasswordInput
        value={form.values.currentPassword}
        error={form.problemOf('currentPassword')}
        onChange={(password) => form.change('currentPassword', password)}
      />
    </FormDialog>
  );
}
