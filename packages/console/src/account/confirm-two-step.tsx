import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Copyable } from '../forms/copyable.tsx';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useForm } from '../forms/use-form.ts';
import { useSending } from '../forms/use-sending.ts';
import { CodeInput } from '../session/code-input.tsx';
import { confirmTwoStep } from './account-api.ts';
import { QrCode } from './qr-code.tsx';

type Props = {
  /** What the authenticator app is to be told. */
  app: { secret: string; uri: string };
  onDone: (recoveryCodes: string[]) => void;
  onClose: () => void;
};

/** Shows the QR code, and asks for a first code of the app that has read it. */
export function ConfirmTwoStep({ app, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const form = useForm({ code: '' });
  const { shown } = useSending(form, {
    send: () => confirmTwoStep(form.values),
    onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
  });
  return (
    <FormDialog title={t('account.twoStep.open')} submit={t('account.twoStep.submit')} {...shown} onClose={onClose}>
      <Text size="sm">{t('account.twoStep.scan')}</Text>
      <QrCode text={app.uri} label={t('account.twoStep.qrCode')} />
      <Copyable label={t('account.twoStep.secret')} value={app.secret} />
      <CodeInput
        value={form.values.code}
        error={form.problemOf('code')}
        onChange={(code) => form.change('code', code)}
      />
    </FormDialog>
  );
}
