import { Alert, Button, Group, NativeSelect, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../api/api-error.ts';
import { Copyable } from '../forms/copyable.tsx';
import { Panel } from '../forms/panel.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { IconAlertTriangle, IconCheck } from '../shell/icons.tsx';
import type { Webhook } from './webhook.ts';
import { testWebhook } from './webhooks-api.ts';

/** Sends an example of an event. */
export function TestPanel({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(webhook.events[0]);
  const event = webhook.events.find((each) => each === chosen) ?? webhook.events[0];
  const testing = useMutation({ mutationFn: testWebhook.bind(undefined, webhook), gcTime: 0 });
  if (event === undefined) return null;
  return (
    <Panel title={t('webhooks.test.title')} lead={t('webhooks.test.lead')}>
      <Group align="flex-end">
        <NativeSelect
          label={t('webhooks.column.event')}
          value={event}
          data={webhook.events.map((value) => ({ value, label: t(`webhooks.event.${value}`) }))}
          onChange={({ currentTarget: { value } }) => setChosen(webhook.events.find((each) => each === value))}
        />
        <Button variant="default" loading={testing.isPending} onClick={() => testing.mutate(event)}>
          {t('webhooks.test.submit')}
        </Button>
      </Group>
      {testing.isSuccess && (
        <Alert role="status" variant="outline" color="green" icon={<IconCheck />} title={t('webhooks.test.taken')} />
      )}
      {testing.isError && <Failure error={testing.error} />}
    </Panel>
  );
}

function Failure({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const { code, data } = toApiError(error);
  if (code !== 'hook.endpoint_responded_with_error' && code !== 'hook.send_test_payload_failed') {
    return <ErrorNotice error={error} />;
  }
  const { responseStatus, responseBody, message } = data;
  const title =
    code === 'hook.send_test_payload_failed'
      ? t('webhooks.test.unreached')
      : t('webhooks.test.refused', { status: String(responseStatus) });
  return (
    <Alert role="alert" variant="outline" color="red" icon={<IconAlertTriangle />} title={title}>
      {typeof message === 'string' && <Text size="sm">{message}</Text>}
      {typeof responseBody === 'string' && responseBody !== '' && (
        <Copyable label={t('webhooks.attempt.response')} value={responseBody} isBlock />
      )}
    </Alert>
  );
}
