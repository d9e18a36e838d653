import { Code, Group, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import { eventName } from '../i18n/event-text.ts';
import type { Column } from '../lists/column.ts';
import { List } from '../lists/list.tsx';
import { ListTable } from '../lists/list-table.tsx';
import { TimeText } from '../lists/time-text.tsx';
import { oneOfNamed } from '../shell/address.ts';
import { PageLink } from '../shell/links.tsx';
import { deliveryStates } from './delivery-states.ts';
import { NextAttempt } from './next-attempt.tsx';
import { StateBadge } from './state-badge.tsx';
import type { Webhook } from './webhook.ts';
import { type Delivery, deliveriesQuery } from './webhooks-api.ts';

const route = getRouteApi('/signed-in/frame/webhooks/$id');

/** What a webhook was told and is to be told, newest first. */
export function DeliveriesPanel({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id } = webhook;
  const { state, page = 1 } = route.useSearch();
  const query = useQuery(deliveriesQuery(id, { state, page }));
  const states = deliveryStates.map((value) => ({ value, label: t(`webhooks.state.${value}`) }));
  return (
    <Panel title={t('webhooks.deliveries.title')} lead={t('webhooks.deliveries.lead')}>
      <Group>
        <NativeSelect
          label={t('webhooks.column.state')}
          value={state ?? ''}
          data={[{ value: '', label: t('lists.all') }, ...states]}
          onChange={({ currentTarget: { value } }) =>
            void navigate({
              to: '/webhooks/$id',
              params: { id },
              search: oneOfNamed('state', deliveryStates, { state: value }),
              replace: true,
            })
          }
        />
      </Group>
      <List query={query} page={page} staysOnError empty={<Text>{t('webhooks.deliveries.empty')}</Text>}>
        {(deliveries) => <DeliveryTable webhook={webhook} deliveries={deliveries} />}
      </List>
    </Panel>
  );
}

function DeliveryTable({ webhook, deliveries }: { webhook: Webhook; deliveries: readonly Delivery[] }) {
  const { t } = useTranslation();
  const columns: Column<Delivery>[] = [
    { name: 'time', title: t('webhooks.column.time'), value: ({ createdAt }) => <TimeText at={createdAt} /> },
    {
      name: 'event',
      title: t('webhooks.column.event'),
      value: ({ event }) => eventName(t, event),
      below: ({ event }) => (
        <div>
          <Code>{event}</Code>
        </div>
      ),
      breaksWords: true,
    },
    { name: 'state', title: t('webhooks.column.state'), value: ({ state }) => <StateBadge state={state} /> },
    {
      name: 'attempts',
      title: t('webhooks.column.attempts'),
      value: ({ attempts }) => attempts.length,
      below: ({ nextAt, attempts }) =>
        nextAt !== null &&
        attempts.length > 0 && (
          <Text size="sm" c="dimmed">
            <NextAttempt at={nextAt} isOff={!webhook.enabled} />
          </Text>
        ),
    },
  ];
  return (
    <ListTable
      title={t('webhooks.deliveries.title')}
      rows={deliveries}
      columns={columns}
      link={({ id: deliveryId }, time) => (
        <PageLink to="/webhooks/$id/deliveries/$deliveryId" params={{ id: webhook.id, deliveryId }} size="sm">
          {time}
        </PageLink>
      )}
      asCards
    />
  );
}
