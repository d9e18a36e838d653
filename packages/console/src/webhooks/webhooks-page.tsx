import { Badge, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Column } from '../lists/column.ts';
import { EmptyState } from '../lists/empty-state.tsx';
import { List } from '../lists/list.tsx';
import { ListTable } from '../lists/list-table.tsx';
import { SuccessText } from '../lists/success-text.tsx';
import { ButtonLink, PageLink } from '../shell/links.tsx';
import { PageHeading, PageTop } from '../shell/page-heading.tsx';
import type { Webhook } from './webhook.ts';
import { webhooksQuery } from './webhooks-api.ts';

/** Who is told of what happens. */
export function WebhooksPage() {
  const { t } = useTranslation();
  const query = useQuery(webhooksQuery);
  return (
    <Stack>
      <PageTop
        lead={t('webhooks.lead')}
        actions={<ButtonLink to="/webhooks/create">{t('webhooks.create.open')}</ButtonLink>}
      >
        <PageHeading title={t('sections.webhooks')} />
      </PageTop>
      <List
        query={{ ...query, isPlaceholderData: false }}
        empty={<EmptyState title={t('webhooks.empty.title')} text={t('webhooks.empty.text')} />}
      >
        {(rows: readonly Webhook[]) => <WebhookTable webhooks={rows} />}
      </List>
      <Outlet />
    </Stack>
  );
}

function WebhookTable({ webhooks }: { webhooks: readonly Webhook[] }) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const columns: Column<Webhook>[] = [
    {
      name: 'name',
      title: t('webhooks.fields.name'),
      value: ({ name, config }) => name || config.url,
      beside: ({ enabled }) => !enabled && <Badge variant="default">{t('webhooks.off')}</Badge>,
      breaksWords: true,
    },
    { name: 'url', title: t('webhooks.fields.url'), value: ({ config }) => config.url, breaksWords: true },
    {
      name: 'events',
      title: t('webhooks.fields.events'),
      value: ({ events }) => t('webhooks.events', { count: events.length }),
    },
    {
      name: 'day',
      title: t('webhooks.day'),
      value: ({ executionStats }) =>
        executionStats && (
          <SuccessText succeeded={executionStats.successCount} total={executionStats.requestCount}>
            {executionStats.requestCount === 0
              ? t('webhooks.noRequests')
              : t('webhooks.taken', {
                  taken: number.format(executionStats.successCount),
                  all: number.format(executionStats.requestCount),
                })}
          </SuccessText>
        ),
    },
  ];
  return (
    <ListTable
      title={t('sections.webhooks')}
      rows={webhooks}
      columns={columns}
      link={({ id }, name) => (
        <PageLink to="/webhooks/$id" params={{ id }} fw={600}>
          {name}
        </PageLink>
      )}
      asCards
    />
  );
}
