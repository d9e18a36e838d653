import { Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { takeAnswer } from '../api/take-answer.ts';
import { Panel } from '../forms/panel.tsx';
import { SavedForm } from '../forms/saved-form.tsx';
import { useForm } from '../forms/use-form.ts';
import { HeaderInputs } from './header-inputs.tsx';
import type { Webhook } from './webhook.ts';
import { fieldsOf } from './webhook-fields.ts';
import { WebhookInputs } from './webhook-inputs.tsx';
import { updateWebhook, webhookQuery, webhooksQuery } from './webhooks-api.ts';

/** What can be changed about a webhook. */
export function WebhookForm({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm(fieldsOf(webhook));
  return (
    <SavedForm
      form={form}
      ownPath={`/webhooks/${webhook.id}`}
      read={() => queries.fetchQuery({ ...webhookQuery(webhook.id), staleTime: 0 })}
      save={({ values }) => updateWebhook(webhook.id, values)}
      valuesOf={fieldsOf}
      onSaved={(saved) => {
        takeAnswer(queries, webhookQuery(saved.id).queryKey, saved);
        void queries.invalidateQueries({ queryKey: webhooksQuery.queryKey });
      }}
    >
      <Panel title={t('webhooks.settings')}>
        <Switch
          label={t('webhooks.fields.enabled')}
          description={t('webhooks.help.enabled')}
          checked={form.values.enabled}
          onChange={(event) => form.change('enabled', event.currentTarget.checked)}
        />
        <WebhookInputs form={form} />
        <HeaderInputs form={form} />
      </Panel>
    </SavedForm>
  );
}
