import { Button, Code, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Copyable } from '../forms/copyable.tsx';
import { Panel } from '../forms/panel.tsx';
import { eventName } from '../i18n/event-text.ts';
import type { Column } from '../lists/column.ts';
import { ListTable } from '../lists/list-table.tsx';
import { TimeText } from '../lists/time-text.tsx';
import { DetailPage } from '../shell/detail-page.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PageLink } from '../shell/links.tsx';
import { tellSuccess } from '../shell/notices.ts';
import { PageHeading } from '../shell/page-heading.tsx';
import { NextAttempt } from './next-attempt.tsx';
import { StateBadge } from './state-badge.tsx';
import { type Delivery, deliveryQuery, sendAgain, webhookQuery, webhooksKey } from './webhooks-api.ts';

const route = getRouteApi('/signed-in/frame/webhooks/$id/deliveries/$deliveryId');

type Attempt = Delivery['attempts'][number] & { id: string };

/** An event that a webhook is told of: every attempt, what is sent, and a way to send it again. */
export function DeliveryPage() {
  const { t } = useTranslation();
  const { id, deliveryId } = route.useParams();
  const query = useQuery(deliveryQuery(id, deliveryId));
  return (
    <DetailPage
      back={
        <PageLink to="/webhooks/$id" params={{ id }} size="sm">
          {t('webhooks.deliveries.back')}
        </PageLink>
      }
      query={query}
    >
      {(of) => <Details hookId={id} of={of} />}
    </DetailPage>
  );
}

function Details({ hookId, of }: { hookId: string; of: Delivery & { body: string } }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data: webhook } = useQuery(webhookQuery(hookId));
  const isOff = webhook?.enabled === false;
  const again = useMutation({
    mutationFn: () => sendAgain(hookId, of.id),
    onSuccess: () => {
      tellSuccess(t(isOff ? 'webhooks.deliveries.whenOn' : 'webhooks.again.done'));
      return queries.invalidateQueries({ queryKey: [...webhooksKey, hookId] });
    },
  });
  return (
    <>
      <Group justify="space-between">
        <Group>
          <PageHeading title={eventName(t, of.event)} style={{ overflowWrap: 'anywhere' }} />
          <StateBadge state={of.state} />
          <Code>{of.event}</Code>
        </Group>
        <Button variant="default" loading={again.isPending} onClick={() => again.mutate()}>
          {t('webhooks.again.submit')}
        </Button>
      </Group>
      {again.error && <ErrorNotice error={again.error} />}
      <Panel title={t('webhooks.column.attempts')}>
        {of.nextAt !== null && (
          <Text size="sm">
            <NextAttempt at={of.nextAt} isOff={isOff} />
          </Text>
        )}
        {of.attempts.length === 0 ? (
          <Text>{t('webhooks.attempt.none')}</Text>
        ) : (
          <AttemptTable attempts={of.attempts.map((attempt, index) => ({ ...attempt, id: String(index) }))} />
        )}
      </Panel>
      <Panel title={t('webhooks.attempt.request')} lead={t('webhooks.attempt.requestLead')}>
        <Copyable label="sesame-event-id" value={of.eventId} />
        <Copyable label={t('webhooks.attempt.body')} value={JSON.stringify(JSON.parse(of.body), null, 2)} isBlock />
      </Panel>
    </>
  );
}

function AttemptTable({ attempts }: { attempts: readonly Attempt[] }) {
  const { t, i18n } = useTranslation();
  const seconds = new Intl.NumberFormat(i18n.language, {
    ...{ style: 'unit', unit: 'second', maximumFractionDigits: 2 },
  });
  const columns: Column<Attempt>[] = [
    { name: 'time', title: t('webhooks.column.time'), value: ({ at }) => <TimeText at={at} /> },
    {
      name: 'answer',
      title: t('webhooks.attempt.answer'),
      value: ({ status, error }) => (status === null ? error : <Code>{status}</Code>),
      below: ({ response }) =>
        response ? (
          <Text size="sm" c="dimmed" lineClamp={3}>
            {response}
          </Text>
        ) : null,
      breaksWords: true,
    },
    {
      name: 'took',
      title: t('webhooks.attempt.took'),
      value: ({ durationMs }) => seconds.format(durationMs / 1000),
    },
  ];
  return <ListTable title={t('webhooks.column.attempts')} rows={attempts} columns={columns} asCards />;
}
