import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { takeAnswer } from '../api/take-answer.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useForm } from '../forms/use-form.ts';
import { tellSuccess } from '../shell/notices.ts';
import { noWebhook } from './webhook-fields.ts';
import { WebhookInputs } from './webhook-inputs.tsx';
import { createWebhook, webhookQuery, webhooksKey } from './webhooks-api.ts';

/** The dialog that makes a webhook, and leads to its page. */
export function CreateWebhook() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [failure, setFailure] = useState<unknown>();
  const form = useForm(noWebhook);
  const creating = useMutation({
    mutationFn: () => createWebhook(form.values),
    onSuccess: (webhook) => {
      takeAnswer(queries, webhookQuery(webhook.id).queryKey, webhook);
      void queries.invalidateQueries({ queryKey: webhooksKey });
      tellSuccess(t('webhooks.create.done'));
      void navigate({ to: '/webhooks/$id', params: { id: webhook.id } });
    },
    onError: (error) => setFailure(form.refuse(error) ? undefined : error),
  });
  return (
    <FormDialog
      title={t('webhooks.create.title')}
      submit={t('webhooks.create.submit')}
      isPending={creating.isPending}
      error={failure}
      isWide
      form={form}
      onSubmit={() => creating.mutate()}
      onClose={() => void navigate({ to: '/webhooks' })}
    >
      <WebhookInputs form={form} />
    </FormDialog>
  );
}
