import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { takeAnswer } from '../api/take-answer.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useForm } from '../forms/use-form.ts';
import { useSending } from '../forms/use-sending.ts';
import { tellSuccess } from '../shell/notices.ts';
import { noWebhook } from './webhook-fields.ts';
import { WebhookInputs } from './webhook-inputs.tsx';
import { createWebhook, webhookQuery, webhooksKey } from './webhooks-api.ts';

/** The dialog that makes a webhook, and leads to its page. */
export function CreateWebhook() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useForm(noWebhook);
  const { shown } = useSending(form, {
    send: () => createWebhook(form.values),
    onSuccess: (webhook) => {
      takeAnswer(queries, webhookQuery(webhook.id).queryKey, webhook);
      void queries.invalidateQueries({ queryKey: webhooksKey });
      tellSuccess(t('webhooks.create.done'));
      void navigate({ to: '/webhooks/$id', params: { id: webhook.id } });
    },
  });
  return (
    <FormDialog
      title={t('webhooks.create.title')}
      submit={t('webhooks.create.submit')}
      isWide
      {...shown}
      onClose={() => void navigate({ to: '/webhooks' })}
    >
      <WebhookInputs form={form} />
    </FormDialog>
  );
}
