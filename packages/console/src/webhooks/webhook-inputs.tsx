import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldsOf } from '../forms/use-form.ts';
import { EventChoice } from './event-choice.tsx';
import type { WebhookFields } from './webhook-fields.ts';

/** The fields of a webhook that creating and changing have in common. */
export function WebhookInputs({ form }: { form: FieldsOf<WebhookFields> }) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('webhooks.fields.name')}
        maxLength={256}
        autoComplete="off"
        data-autofocus
        value={form.values.name}
        error={form.problemOf('name')}
        onChange={(event) => form.change('name', event.currentTarget.value)}
      />
      <TextInput
        type="url"
        label={t('webhooks.fields.url')}
        description={t('webhooks.help.url')}
        placeholder="https://example.com/webhooks"
        required
        maxLength={2048}
        autoComplete="off"
        spellCheck={false}
        value={form.values.url}
        error={form.problemOf('url')}
        onChange={(event) => form.change('url', event.currentTarget.value)}
      />
      <EventChoice form={form} />
    </>
  );
}
