import { Badge, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import { DetailPage } from '../shell/detail-page.tsx';
import { ButtonLink, PageLink } from '../shell/links.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { DeliveriesPanel } from './deliveries-panel.tsx';
import { KeyPanel } from './key-panel.tsx';
import { TestPanel } from './test-panel.tsx';
import type { Webhook } from './webhook.ts';
import { WebhookForm } from './webhook-form.tsx';
import { webhookQuery } from './webhooks-api.ts';

const route = getRouteApi('/signed-in/frame/webhooks/$id');

/** A webhook: what it is told of and where, the key, a test, and what it was told. */
export function WebhookPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const query = useQuery(webhookQuery(id));
  return (
    <DetailPage
      back={
        <PageLink to="/webhooks" size="sm">
          {t('webhooks.back')}
        </PageLink>
      }
      query={query}
    >
      {(of) => <Details of={of} />}
    </DetailPage>
  );
}

function Details({ of }: { of: Webhook }) {
  const { t } = useTranslation();
  return (
    <>
      <Group>
        <PageHeading title={of.name || of.config.url} style={{ overflowWrap: 'anywhere' }} />
        {!of.enabled && <Badge variant="default">{t('webhooks.off')}</Badge>}
      </Group>
      <DeliveriesPanel webhook={of} />
      <TestPanel webhook={of} />
      <WebhookForm webhook={of} />
      <KeyPanel webhook={of} />
      <Panel title={t('webhooks.delete.title')} lead={t('webhooks.delete.lead')}>
        <Group>
          <ButtonLink variant="outline" color="red" to="/webhooks/$id/delete" params={{ id: of.id }}>
            {t('webhooks.delete.title')}
          </ButtonLink>
        </Group>
      </Panel>
      <Outlet />
    </>
  );
}
