import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { useForm } from '../../forms/use-form.ts';
import { useSending } from '../../forms/use-sending.ts';
import { tellSuccess } from '../../shell/notices.ts';
import { addSuppression, suppressionsKey } from './suppressions-api.ts';

const list = getRouteApi('/signed-in/frame/messages/suppressions');

/** The dialog that keeps mail from an address. */
export function AddSuppression() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const search = list.useSearch();
  const form = useForm({ email: '', reason: '' });
  const close = () => navigate({ to: '/messages/suppressions', search });
  const { shown } = useSending(form, {
    send: () => addSuppression(form.values),
    onSuccess: async () => {
      void queries.invalidateQueries({ queryKey: [suppressionsKey] });
      tellSuccess(t('messages.suppressions.added'));
      await close();
    },
  });
  return (
    <FormDialog
      title={t('messages.suppressions.addTitle')}
      submit={t('messages.suppressions.addSubmit')}
      {...shown}
      onClose={() => void close()}
    >
      <TextInput
        label={t('messages.suppressions.address')}
        description={t('messages.suppressions.addHelp')}
        inputMode="email"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        data-autofocus
        value={form.values.email}
        error={form.problemOf('email')}
        onChange={(event) => form.change('email', event.currentTarget.value)}
      />
      <TextInput
        label={t('messages.suppressions.why')}
        description={t('messages.suppressions.whyHelp')}
        value={form.values.reason}
        error={form.problemOf('reason')}
        onChange={(event) => form.change('reason', event.currentTarget.value)}
      />
    </FormDialog>
  );
}
