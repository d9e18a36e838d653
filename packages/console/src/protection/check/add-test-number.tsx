import { PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { useForm } from '../../forms/use-form.ts';
import { useSending } from '../../forms/use-sending.ts';
import { tellSuccess } from '../../shell/notices.ts';
import { putTestNumber, testNumbersQuery } from './check-api.ts';

/** The dialog that makes a number or an address one for tests. */
export function AddTestNumber() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useForm({ phone: '', email: '', code: '', expiresAt: '', note: '' });
  const close = () => void navigate({ to: '/protection/check' });
  const { shown } = useSending(form, {
    send: () => putTestNumber(form.values),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: testNumbersQuery.queryKey });
      tellSuccess(t('protection.tests.add.done'));
      close();
    },
  });
  return (
    <FormDialog
      title={t('protection.tests.add.title')}
      submit={t('protection.tests.add.submit')}
      {...shown}
      onClose={close}
    >
      <TextInput
        label={t('protection.tests.recipient')}
        placeholder="+14155550100"
        required
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        data-autofocus
        value={form.values.phone}
        error={form.problemOf('phone') ?? form.problemOf('email')}
        onChange={({ currentTarget: { value } }) => {
          form.change('phone', value);
          form.change('email', value);
        }}
      />
      <PasswordInput
        label={t('protection.tests.code')}
        description={t('protection.tests.codeHelp')}
        visibilityToggleButtonProps={{ 'aria-label': t('protection.tests.showCode') }}
        required
        inputMode="numeric"
        autoComplete="new-password"
        value={form.values.code}
        error={form.problemOf('code')}
        onChange={(event) => form.change('code', event.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        label={t('protection.tests.until')}
        description={t('protection.tests.untilHelp')}
        value={form.values.expiresAt}
        error={form.problemOf('expiresAt')}
        onChange={(event) => form.change('expiresAt', event.currentTarget.value)}
      />
      <TextInput
        label={t('protection.tests.note')}
        maxLength={256}
        value={form.values.note}
        error={form.problemOf('note')}
        onChange={(event) => form.change('note', event.currentTarget.value)}
      />
    </FormDialog>
  );
}
